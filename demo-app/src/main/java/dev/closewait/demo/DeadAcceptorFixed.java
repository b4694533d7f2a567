package dev.closewait.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/** {@link DeadAcceptor}, with a bad order ending its own connection only. */
final class DeadAcceptorFixed implements OrderServer {
  private final ServerSocket listener = Loopback.listen();

  DeadAcceptorFixed() throws IOException {
    Daemon.start("acceptor", this::acceptLoop);
  }

  @Override
  public int port() {
    return listener.getLocalPort();
  }

  private void acceptLoop() throws IOException {
    while (true) {
      Socket client = listener.accept();
      try {
        serve(client);
      } catch (IllegalArgumentException badOrder) {
        System.out.println("refused: " + badOrder.getMessage());
      }
    }
  }

  private static void serve(Socket client) throws IOException {
    try (client;
        BufferedReader in = Orders.reader(client)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        client.getOutputStream().write(Orders.answer(line));
      }
    }
  }
}
