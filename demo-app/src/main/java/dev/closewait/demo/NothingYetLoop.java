package dev.closewait.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;

/** Takes the end of the stream for "no order yet" and asks again, for ever. */
final class NothingYetLoop implements OrderServer {
  private static final int PAUSE_MILLIS = 50;

  private final ThreadPerClient clients = new ThreadPerClient(this::serve);

  NothingYetLoop() throws IOException {}

  @Override
  public int port() {
    return clients.port();
  }

  private void serve(Socket client) throws IOException, InterruptedException {
    BufferedReader in = Orders.reader(client);
    while (!client.isClosed()) {
      String line = in.readLine(); // LEAK
      if (line != null) {
        client.getOutputStream().write(Orders.answer(line));
      } else {
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }
}
