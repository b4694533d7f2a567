package dev.closewait.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;

/** {@link ExceptionSkipsClose}, with a close that no exception skips. */
final class ExceptionSkipsCloseFixed implements OrderServer {
  private final ThreadPerClient clients = new ThreadPerClient(this::serve);

  ExceptionSkipsCloseFixed() throws IOException {}

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
