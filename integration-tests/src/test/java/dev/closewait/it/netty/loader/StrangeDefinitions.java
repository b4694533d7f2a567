package dev.closewait.it.netty.loader;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Defines classes in all the ways that a class loader can, right and wrong, and prints what comes
 * of it.
 */
public final class StrangeDefinitions {
  private static final String CHANNEL = "io.netty.channel.AbstractChannel";
  private static final String TINY = StrangeDefinitions.class.getName() + "$Tiny";
  private static final int THREADS = 4;
  private static final int LOADERS_EACH = 500;

  private StrangeDefinitions() {}

  /** What is defined again and again. */
  static final class Tiny {}

  public static void main(String[] arguments) throws Exception {
    byte[] channel = classFile(CHANNEL);
    byte[] tiny = classFile(TINY);
    System.out.println("by many threads: " + together(() -> inManyLoaders(tiny)));
    OpenLoader shared = new OpenLoader();
    System.out.println("by one loader: " + together(() -> inOneLoader(shared, channel)));
    print(
        "in the middle",
        () -> new OpenLoader().define(CHANNEL, padded(channel), 3, channel.length));
    print("without a name", () -> new OpenLoader().define(null, channel, 0, channel.length));
    print(
        "not a class",
        () -> new OpenLoader().define("com.acme.channel.AbstractChannel", new byte[3], 0, 3));
    print("nothing", () -> new OpenLoader().define(CHANNEL, new byte[0], 0, 0));
    print("out of bounds", () -> new OpenLoader().define(CHANNEL, channel, 9, channel.length));
    print("of another name", () -> new OpenLoader().define(CHANNEL, tiny, 0, tiny.length));
    ByteBuffer direct = ByteBuffer.allocateDirect(channel.length).put(channel).flip();
    print("direct", () -> new OpenLoader().define(CHANNEL, direct));
    System.out.println("left in the buffer: " + direct.remaining());
    print("from a buffer", () -> new OpenLoader().define(CHANNEL, ByteBuffer.wrap(channel)));
    Class<?> hidden = MethodHandles.lookup().defineHiddenClass(tiny, false).lookupClass();
    System.out.println("hidden: " + hidden.isHidden());
  }

  private static int inManyLoaders(byte[] tiny) {
    int defined = 0;
    for (int i = 0; i < LOADERS_EACH; i++) {
      Class<?> type = new OpenLoader().define(TINY, tiny, 0, tiny.length);
      defined += type == Tiny.class ? 0 : 1;
    }
    return defined;
  }

  private static int inOneLoader(OpenLoader loader, byte[] channel) {
    try {
      loader.define(CHANNEL, channel, 0, channel.length);
      return 1;
    } catch (LinkageError duplicate) {
      return 0;
    }
  }

  /** The sum of what the threads return, which begin at the same time. */
  private static int together(Callable<Integer> work) throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<Integer>> results = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      results.add(
          threads.submit(
              () -> {
                start.await();
                return work.call();
              }));
    }
    int sum = 0;
    for (Future<Integer> result : results) {
      sum += result.get();
    }
    threads.shutdown();
    return sum;
  }

  private static void print(String way, Callable<Class<?>> definition) {
    String result;
    try {
      Class<?> type = definition.call();
      result = type.getName() + " with " + type.getDeclaredMethods().length + " methods";
    } catch (Throwable t) {
      result = t.toString();
    }
    System.out.println(way + ": " + result);
  }

  private static byte[] padded(byte[] classFile) {
    byte[] padded = new byte[classFile.length + 7];
    System.arraycopy(classFile, 0, padded, 3, classFile.length);
    return padded;
  }

  private static byte[] classFile(String name) throws IOException {
    String file = "/" + name.replace('.', '/') + ".class";
    try (InputStream in = StrangeDefinitions.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException("no class file of " + name);
      }
      return in.readAllBytes();
    }
  }

  /** Parallel-capable, and without a protection domain. */
  private static final class OpenLoader extends ClassLoader {
    static {
      registerAsParallelCapable();
    }

    Class<?> define(@Nullable String name, byte[] classFile, int offset, int length) {
      return defineClass(name, classFile, offset, length, null);
    }

    Class<?> define(String name, ByteBuffer classFile) {
      return defineClass(name, classFile, (ProtectionDomain) null);
    }
  }
}
