package dev.closewait.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The well-behaved clients: each closes its socket, and they differ in how they take leave. */
final class ClientDriver {
  /** A server that should answer and has not after so long makes the demo fail. */
  private static final int ANSWER_TIMEOUT_MILLIS = 10_000;

  /** How long a client waits for a server that does not answer before it gives up. */
  static final int PATIENCE_MILLIS = 300;

  /** With a threshold of 2 s the agent has reported the others by its second scan, 10 s later. */
  private static final int LATE_SECONDS = 12;

  private ClientDriver() {}

  /** Each client sends a request, waits until the server has answered or hung up, and hangs up. */
  static OrderClient hangsUp(String request) {
    return (port, connections) -> {
      for (int i = 0; i < connections; i++) {
        try (Socket server = send(port, request)) {
          awaitAnswer(server);
        }
      }
    };
  }

  /** As {@link #hangsUp}, but the connection ends in a reset (RST) instead of a FIN. */
  static OrderClient resets(String request) {
    return (port, connections) -> {
      for (int i = 0; i < connections; i++) {
        try (Socket server = send(port, request)) {
          awaitAnswer(server);
          server.setSoLinger(true, 0);
        }
      }
    };
  }

  /** As {@link #hangsUp}, but each client ends its request with a FIN before it waits. */
  static OrderClient halfCloses(String request) {
    return (port, connections) -> {
      for (int i = 0; i < connections; i++) {
        try (Socket server = send(port, request)) {
          server.shutdownOutput();
          awaitAnswer(server);
        }
      }
    };
  }

  /** All clients send a request at once, lose patience together, and hang up. */
  static OrderClient givesUp(String request) {
    return (port, connections) -> {
      List<Socket> servers = new ArrayList<>();
      try {
        for (int i = 0; i < connections; i++) {
          servers.add(send(port, request));
        }
        Thread.sleep(PATIENCE_MILLIS);
      } finally {
        for (Socket server : servers) {
          server.close();
        }
      }
    };
  }

  /** The last client comes so much later that the agent has reported the others by then. */
  static OrderClient lastOneLate(OrderClient clients) {
    return (port, connections) -> {
      if (connections > 1) {
        clients.visit(port, connections - 1);
      }
      Daemon.start(
          "late-client",
          () -> {
            TimeUnit.SECONDS.sleep(LATE_SECONDS);
            clients.visit(port, 1);
          });
    };
  }

  /** One more client goes first and hangs up before the others come. */
  static OrderClient after(String firstRequest, OrderClient others) {
    return (port, connections) -> {
      hangsUp(firstRequest).visit(port, 1);
      others.visit(port, connections);
    };
  }

  static Socket send(int port, String request) throws IOException {
    Socket server = Loopback.connect(port);
    send(server, request);
    return server;
  }

  static void send(Socket server, String request) throws IOException {
    server.getOutputStream().write(request.getBytes(US_ASCII));
  }

  static void awaitAnswer(Socket server) throws IOException {
    server.setSoTimeout(ANSWER_TIMEOUT_MILLIS);
    Orders.reader(server).readLine();
  }
}
