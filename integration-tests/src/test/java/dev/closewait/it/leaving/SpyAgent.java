package dev.closewait.it.leaving;

import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Another agent, which changes nothing and writes what it sees into the directory that its argument
 * names: each class file of this package that the JVM is about to use, as {@code Name.1.class},
 * {@code Name.2.class} and so on, and how often watched methods have been called.
 *
 * <p>The JVM asks agents in the order of the command line: behind ours, it sees what ours has
 * woven.
 */
public final class SpyAgent implements ClassFileTransformer {
  private static final long PAUSE_MILLIS = 20;

  /**
   * Joined without invokedynamic: linking one loads classes of the JDK, which come by here, so that
   * a class would be needed to load itself.
   */
  private static final String FOLDER =
      SpyAgent.class.getPackageName().replace('.', '/').concat("/");

  private final Path directory;
  private final Map<String, Integer> versions = new ConcurrentHashMap<>();

  private SpyAgent(Path directory) {
    this.directory = directory;
  }

  public static void premain(String directory, Instrumentation instrumentation) {
    SpyAgent spy = new SpyAgent(Path.of(directory));
    instrumentation.addTransformer(spy, true);
    Thread counter = new Thread(spy::countForEver, "spy");
    counter.setDaemon(true);
    counter.start();
  }

  @Override
  public byte[] transform(
      ClassLoader loader,
      String className,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] classFile) {
    if (className != null && className.startsWith(FOLDER) && !className.contains("$$")) {
      String name = className.substring(FOLDER.length());
      write(name + "." + versions.merge(name, 1, Integer::sum) + ".class", classFile);
    }
    return null;
  }

  private void countForEver() {
    try {
      Class<?> watch = Class.forName("java.net.CloseWaitWatch", true, null);
      while (true) {
        Object calls = watch.getMethod("calls").invoke(null);
        write("calls", calls.toString().getBytes());
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (ReflectiveOperationException | InterruptedException e) {
      System.out.println("the spy ended: " + e);
    }
  }

  private void write(String file, byte[] content) {
    try {
      Path whole = Files.write(directory.resolve(file + ".tmp"), content);
      Files.move(whole, directory.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      System.out.println("the spy cannot write: " + e);
    }
  }
}
