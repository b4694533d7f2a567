package dev.closewait.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;

/**
 * Reads EOF in the middle of an order, and the exception that half a line causes skips the close.
 */
final class TruncatedOrder implements OrderServer {
  private final ThreadPerClient clients = new ThreadPerClient(this::serve);

  TruncatedOrder() throws IOException {}

  @Override
  public int port() {
    return clients.port();
  }

  private void serve(Socket client) throws IOException {
    BufferedReader in = Orders.reader(client);
    while (true) {
      String line = in.readLine(); // LEAK
      if (line == null) {
        client.close();
        return;
      }
      client.getOutputStream().write(Orders.answer(line));
    }
  }
}
