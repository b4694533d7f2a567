package dev.closewait.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;

/** {@link ShutdownForClose}, with a close when the client has hung up as well. */
final class ShutdownForCloseFixed implements OrderServer {
  private final ThreadPerClient clients = new ThreadPerClient(this::serve);

  ShutdownForCloseFixed() throws IOException {}

  @Override
  public int port() {
    return clients.port();
  }

  private void serve(Socket client) throws IOException {
    try (client;
        BufferedReader in = Orders.reader(client)) {
      client.getOutputStream().write(Orders.answer(in.readLine()));
      client.shutdownOutput();
      in.readLine();
    }
  }
}
