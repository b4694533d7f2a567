package dev.closewait.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;

/** {@link NothingYetLoop}, with the end of the stream taken for the end. */
final class NothingYetLoopFixed implements OrderServer {
  private final ThreadPerClient clients = new ThreadPerClient(this::serve);

  NothingYetLoopFixed() throws IOException {}

  @Override
  public int port() {
    return clients.port();
  }

  private void serve(Socket client) throws IOException {
    BufferedReader in = Orders.reader(client);
    while (!client.isClosed()) {
      String line = in.readLine();
      if (line != null) {
        client.getOutputStream().write(Orders.answer(line));
      } else {
        client.close();
      }
    }
  }
}
