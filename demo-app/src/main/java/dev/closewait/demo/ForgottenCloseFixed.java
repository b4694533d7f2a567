package dev.closewait.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;

/** {@link ForgottenClose}, with the socket in a try-with-resources. */
final class ForgottenCloseFixed implements OrderServer {
  private final ThreadPerClient clients = new ThreadPerClient(this::serve);

  ForgottenCloseFixed() throws IOException {}

  @Override
  public int port() {
    return clients.port();
  }

  private void serve(Socket client) throws IOException {
    try (client;
        BufferedReader in = Orders.reader(client)) {
      String line;
      while ((line = in.readLine()) != null) {
        client.getOutputStream().write(Orders.answer(line));
      }
    }
  }
}
