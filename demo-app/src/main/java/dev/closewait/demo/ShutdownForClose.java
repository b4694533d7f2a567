package dev.closewait.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;

/** Answers one order and takes {@code shutdownOutput()} for a close. */
final class ShutdownForClose implements OrderServer {
  private final ThreadPerClient clients = new ThreadPerClient(this::serve);

  ShutdownForClose() throws IOException {}

  @Override
  public int port() {
    return clients.port();
  }

  private void serve(Socket client) throws IOException {
    BufferedReader in = Orders.reader(client);
    client.getOutputStream().write(Orders.answer(in.readLine()));
    client.shutdownOutput(); // LEAK
  }
}
