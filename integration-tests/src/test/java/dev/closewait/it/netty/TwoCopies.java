package dev.closewait.it.netty;

import java.io.File;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Runs servers on two copies of Netty, each in a class loader of its own.
 *
 * <p>Arguments: pairs of a class path and the class of a server in it.
 */
public final class TwoCopies {
  private static final int PAUSE_MILLIS = 200;

  private TwoCopies() {}

  public static void main(String[] arguments) throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < arguments.length; i += 2) {
      int port = server(arguments[i], arguments[i + 1]).getAsInt();
      Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
      Thread.sleep(PAUSE_MILLIS);
      client.close();
      lines.add("port " + port);
    }
    lines.forEach(System.out::println);
    System.out.println("ready: port=0 connections=" + lines.size());
    System.in.transferTo(OutputStream.nullOutputStream());
    System.exit(0);
  }

  private static IntSupplier server(String classPath, String className) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      urls.add(new File(entry).toURI().toURL());
    }
    ClassLoader loader =
        new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    return (IntSupplier) loader.loadClass(className).getDeclaredConstructor().newInstance();
  }
}
