package dev.closewait.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/** Serves in the accepting thread, which one bad order ends; the port stays open. */
final class DeadAcceptor implements OrderServer {
  private final ServerSocket listener = Loopback.listen();

  DeadAcceptor() throws IOException {
    Daemon.start("acceptor", this::acceptLoop);
  }

  @Override
  public int port() {
    return listener.getLocalPort();
  }

  private void acceptLoop() throws IOException {
    while (true) {
      Socket client = listener.accept(); // LEAK
      serve(client);
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
