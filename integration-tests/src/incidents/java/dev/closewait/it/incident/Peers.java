package dev.closewait.it.incident;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The other ends of the incidents' connections, which close all that they open. */
final class Peers {
  /** How many connections each incident leaks, where it can choose. */
  static final int CONNECTIONS = 3;

  /** RFC 6455 section 1.3. */
  private static final String WEBSOCKET_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private static final int ENOUGH_TIME_MILLIS = 200;

  private Peers() {}

  static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  static InetSocketAddress at(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /**
   * Clients that say this to a server and hang up, each when its words have had time to be read.
   */
  static void sayAndHangUp(int port, String words) throws IOException, InterruptedException {
    Socket[] clients = new Socket[CONNECTIONS];
    for (int i = 0; i < CONNECTIONS; i++) {
      clients[i] = new Socket(InetAddress.getLoopbackAddress(), port);
      clients[i].getOutputStream().write(words.getBytes(StandardCharsets.ISO_8859_1));
    }
    Thread.sleep(ENOUGH_TIME_MILLIS);
    for (Socket client : clients) {
      // What is left unread would turn the end into a reset.
      client.getInputStream().skipNBytes(client.getInputStream().available());
      client.close();
    }
  }

  /** A client that says this to a server and stays for the answer. */
  static void sayAndAwaitEnd(int port, String words) throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
    client.getOutputStream().write(words.getBytes(StandardCharsets.ISO_8859_1));
    daemon(
        () -> {
          try (client) {
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
          }
        });
  }

  /** A server that reads one request from each connection, answers with this, and hangs up. */
  static int answerAndHangUp(String answer) throws IOException {
    ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(
        () -> {
          while (true) {
            try (Socket client = listening.accept()) {
              readHead(client);
              client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            }
          }
        });
    return listening.getLocalPort();
  }

  /** A server that hangs up on each connection as soon as it has been accepted. */
  static int acceptAndHangUp() throws IOException {
    ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(
        () -> {
          while (true) {
            listening.accept().close();
          }
        });
    return listening.getLocalPort();
  }

  /** A server that upgrades each connection to WebSocket and hangs up. */
  static int upgradeAndHangUp() throws IOException {
    ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(
        () -> {
          while (true) {
            try (Socket client = listening.accept()) {
              String key = readHead(client).get("sec-websocket-key");
              byte[] accepted =
                  MessageDigest.getInstance("SHA-1")
                      .digest((key + WEBSOCKET_GUID).getBytes(StandardCharsets.ISO_8859_1));
              String answer =
                  "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      + "Sec-WebSocket-Accept: "
                      + Base64.getEncoder().encodeToString(accepted)
                      + "\r\n\r\n";
              client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
              Thread.sleep(ENOUGH_TIME_MILLIS);
            }
          }
        });
    return listening.getLocalPort();
  }

  /** The header fields of a request, by their names in lower case. */
  static Map<String, String> readHead(Socket client) throws IOException {
    Map<String, String> fields = new HashMap<>();
    var in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
    String line = in.readLine();
    while (line != null && !line.isEmpty()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      line = in.readLine();
    }
    return fields;
  }

  /** A port on which nobody listens. */
  static int deafPort() throws IOException {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return listening.getLocalPort();
    }
  }

  /** Runs in a thread that does not keep the process alive; what goes wrong is printed. */
  static Thread daemon(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (Exception e) {
                System.out.println("ended: " + e);
              }
            },
            "incident");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Says what the test waits for, and stays until the test ends standard input. */
  static void stay(int port, int connections) throws IOException {
    System.out.println("ready: port=" + port + " connections=" + connections);
    System.in.transferTo(OutputStream.nullOutputStream());
    // Servers and clients of these libraries keep threads that are no daemons.
    System.exit(0);
  }

  /** What a thread does, with whatever exception ends it. */
  @FunctionalInterface
  interface Task {
    void run() throws Exception;
  }
}
