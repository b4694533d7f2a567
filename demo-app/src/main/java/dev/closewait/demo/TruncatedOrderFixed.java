package dev.closewait.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;

/** {@link TruncatedOrder}, with the close in a finally block. */
final class TruncatedOrderFixed implements OrderServer {
  private final ThreadPerClient clients = new ThreadPerClient(this::serve);

  TruncatedOrderFixed() throws IOException {}

  @Override
  public int port() {
    return clients.port();
  }

  private void serve(Socket client) throws IOException {
    try {
      BufferedReader in = Orders.reader(client);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        client.getOutputStream().write(Orders.answer(line));
      }
    } finally {
      client.close();
    }
  }
}
