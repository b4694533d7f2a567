package dev.closewait.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;

/** Serves a client until the end of its stream, and leaves. */
final class ForgottenClose implements OrderServer {
  private final ThreadPerClient clients = new ThreadPerClient(this::serve);

  ForgottenClose() throws IOException {}

  @Override
  public int port() {
    return clients.port();
  }

  private void serve(Socket client) throws IOException {
    BufferedReader in = Orders.reader(client);
    String line;
    while ((line = in.readLine()) != null) { // LEAK
      client.getOutputStream().write(Orders.answer(line));
    }
  }
}
