package dev.closewait.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;

/** {@link ResetSwallowed}, with the socket closed before the exception is swallowed. */
final class ResetSwallowedFixed implements OrderServer {
  private final ThreadPerClient clients = new ThreadPerClient(this::serve);

  ResetSwallowedFixed() throws IOException {}

  @Override
  public int port() {
    return clients.port();
  }

  private void serve(Socket client) {
    try (client;
        BufferedReader in = Orders.reader(client)) {
      String line;
      while ((line = in.readLine()) != null) {
        client.getOutputStream().write(Orders.answer(line));
      }
    } catch (IOException connectionReset) {
      // The client is gone: nobody to answer.
    }
  }
}
