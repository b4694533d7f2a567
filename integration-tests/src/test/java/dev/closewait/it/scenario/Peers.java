package dev.closewait.it.scenario;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The other ends of the scenarios, which close all that they open, and the scenarios' frame. */
final class Peers {
  /** How many connections each scenario leaks. */
  static final int CONNECTIONS = 3;

  /** Keeps what scenarios leak from the garbage collector; a test ends its JVM soon. */
  static final List<Object> KEPT = new CopyOnWriteArrayList<>();

  private static final int COLLECTIONS = 5;
  private static final int PAUSE_MILLIS = 100;

  private Peers() {}

  /** The twin without the leak is asked for. */
  static boolean isFixed(String... arguments) {
    return Arrays.asList(arguments).contains("fixed");
  }

  static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  static Socket connect(int port) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  /** Each client says one byte and hangs up. */
  static void hangUp(int port) throws IOException {
    hangUp(port, CONNECTIONS);
  }

  static void hangUp(int port, int clients) throws IOException {
    for (int i = 0; i < clients; i++) {
      try (Socket server = connect(port)) {
        server.getOutputStream().write('?');
      }
    }
  }

  /** As {@link #hangUp}, with time for the byte and for the end to arrive each by itself. */
  static void hangUpSlowly(int port) throws IOException, InterruptedException {
    for (int i = 0; i < CONNECTIONS; i++) {
      try (Socket server = connect(port)) {
        server.getOutputStream().write('?');
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  /** Says what the test waits for, and stays until the test ends standard input. */
  static void stay(int port) throws IOException {
    stay(port, CONNECTIONS);
  }

  /** With the number of connections that were leaked. */
  static void stay(int port, int connections) throws IOException {
    tellReady(port, connections);
    System.in.transferTo(OutputStream.nullOutputStream());
  }

  /** As {@link #stay(int, int)}, with a task for the moment when the test gives the word. */
  static void stay(int port, int connections, Runnable atWord) throws IOException {
    tellReady(port, connections);
    if (System.in.read() >= 0) {
      atWord.run();
    }
    System.in.transferTo(OutputStream.nullOutputStream());
  }

  private static void tellReady(int port, int connections) {
    System.out.println("ready: port=" + port + " connections=" + connections);
  }

  /** Lets the collector find what is unreachable, as it would in time. */
  static void collectGarbage() throws InterruptedException {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  /** Runs in a thread that does not keep the process alive; what goes wrong is printed. */
  static Thread start(Task task) {
    Thread thread =
        daemon(
            () -> {
              try {
                task.run();
              } catch (Exception e) {
                System.out.println("ended: " + e);
              }
            });
    thread.start();
    return thread;
  }

  /** A thread that does not keep the process alive. */
  static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "scenario");
    thread.setDaemon(true);
    return thread;
  }

  /** What a thread does, with whatever exception ends it. */
  @FunctionalInterface
  interface Task {
    void run() throws Exception;
  }
}
