package dev.closewait.it.netty.loader;

import java.io.File;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/**
 * Starts and stops the same application again and again, each time in a new class loader that has a
 * Netty of its own, then counts the loaders that are still reachable.
 *
 * <p>Arguments: how often, the application's class path, its class.
 */
public final class Redeployments {
  private static final int COLLECTIONS = 60;
  private static final int PAUSE_MILLIS = 100;

  private Redeployments() {}

  public static void main(String[] arguments) throws Exception {
    int times = Integer.parseInt(arguments[0]);
    System.out.println("ready: port=0 connections=0");
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      deploy(arguments[1], arguments[2], loaders);
    }
    System.out.println(loaders.size() + " deployed, " + left(loaders) + " left");
    System.in.transferTo(OutputStream.nullOutputStream());
    System.exit(0);
  }

  /** On a thread of its own: Netty leaves thread locals behind. */
  private static void deploy(
      String classPath, String application, List<WeakReference<ClassLoader>> loaders)
      throws InterruptedException {
    Thread container =
        new Thread(
            () -> {
              try (URLClassLoader loader =
                  new URLClassLoader(urls(classPath), ClassLoader.getPlatformClassLoader())) {
                Object server =
                    loader.loadClass(application).getDeclaredConstructor().newInstance();
                Socket client =
                    new Socket(InetAddress.getLoopbackAddress(), ((IntSupplier) server).getAsInt());
                client.getOutputStream().write('?');
                client.getInputStream().read();
                client.close();
                ((IntConsumer) server).accept(0);
                loaders.add(new WeakReference<>(loader));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            },
            "container");
    container.start();
    container.join();
  }

  private static URL[] urls(String classPath) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      urls.add(new File(entry).toURI().toURL());
    }
    return urls.toArray(new URL[0]);
  }

  /** As many as stay after some collections and seconds. */
  private static long left(List<WeakReference<ClassLoader>> loaders) throws InterruptedException {
    long left = loaders.size();
    for (int i = 0; i < COLLECTIONS && left > 0; i++) {
      System.gc();
      Thread.sleep(PAUSE_MILLIS);
      left = loaders.stream().filter(loader -> loader.get() != null).count();
    }
    return left;
  }
}
