package dev.closewait.it.netty.library;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The frame of the programs, and their plain peers. */
final class LibraryProgram {
  static final int CONNECTIONS = 2;

  /** Requests of the healthy load, before the connections that matter. */
  static final int LOAD = 200;

  /** Longer than any test runs. */
  static final long FOR_EVER_NANOS = 600_000_000_000L;

  private static final int PAUSE_MILLIS = 200;
  private static final int WORDS = 1_000;

  private LibraryProgram() {}

  static boolean isFixed(String... arguments) {
    return Arrays.asList(arguments).contains("fixed");
  }

  static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** Says so many bytes on each connection, waits a moment, and hangs up. */
  static void hangUp(int port, String text) throws Exception {
    for (int i = 0; i < CONNECTIONS; i++) {
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  /**
   * Says little at a time on each connection, so that each word is read by itself until nobody
   * reads on and the rest lies with the kernel, and hangs up.
   */
  static void trickle(int port) throws Exception {
    for (int i = 0; i < CONNECTIONS; i++) {
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
        client.setTcpNoDelay(true);
        for (int word = 0; word < WORDS; word++) {
          client.getOutputStream().write('x');
          Thread.sleep(1);
        }
      }
    }
  }

  /** Requests over one connection, each answered, and an orderly end. */
  static void talk(int port, String request, int answerBytes) throws IOException {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      for (int i = 0; i < LOAD; i++) {
        client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        client.getInputStream().readNBytes(answerBytes);
      }
    }
  }

  /** An HTTP server that answers each request with so many bytes and hangs up some time later. */
  static ServerSocket httpServer(int bodyBytes, int hangUpAfterMillis) throws IOException {
    ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(
        () -> {
          while (true) {
            Socket client = listener.accept();
            daemon(() -> answer(client, bodyBytes, hangUpAfterMillis));
          }
        });
    return listener;
  }

  private static void answer(Socket client, int bodyBytes, int hangUpAfterMillis)
      throws IOException {
    byte[] answer =
        ("HTTP/1.1 200 OK\r\nContent-Length: " + bodyBytes + "\r\n\r\n" + "!".repeat(bodyBytes))
            .getBytes(StandardCharsets.US_ASCII);
    try (client) {
      client.setSoTimeout(hangUpAfterMillis);
      InputStream in = client.getInputStream();
      StringBuilder head = new StringBuilder();
      for (int next = in.read(); next >= 0; next = in.read()) {
        head.append((char) next);
        if (head.toString().endsWith("\r\n\r\n")) {
          client.getOutputStream().write(answer);
          head.setLength(0);
        }
      }
    }
  }

  /** Says what the test waits for, and stays until the test ends standard input. */
  static void stay(int port, int connections) throws IOException {
    System.out.println("ready: port=" + port + " connections=" + connections);
    System.in.transferTo(OutputStream.nullOutputStream());
    System.exit(0);
  }

  static void daemon(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (Exception e) {
                // The peer has hung up, or the server has closed what was idle.
              }
            },
            "peer");
    thread.setDaemon(true);
    thread.start();
  }

  /** What a peer does. */
  @FunctionalInterface
  interface Task {
    void run() throws Exception;
  }
}
