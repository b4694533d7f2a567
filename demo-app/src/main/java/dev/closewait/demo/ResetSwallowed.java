package dev.closewait.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;

/** Closes a client that hangs up, and forgets one whose connection is reset. */
final class ResetSwallowed implements OrderServer {
  private final ThreadPerClient clients = new ThreadPerClient(this::serve);

  ResetSwallowed() throws IOException {}

  @Override
  public int port() {
    return clients.port();
  }

  private void serve(Socket client) {
    try {
      BufferedReader in = Orders.reader(client);
      String line;
      while ((line = in.readLine()) != null) { // LEAK
        client.getOutputStream().write(Orders.answer(line));
      }
      client.close();
    } catch (IOException connectionReset) {
      // The client is gone: nobody to answer.
    }
  }
}
