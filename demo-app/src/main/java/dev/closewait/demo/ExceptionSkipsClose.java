package dev.closewait.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;

/** Closes at the end of the method, which a bad order leaves by an exception; no EOF is read. */
final class ExceptionSkipsClose implements OrderServer {
  private final ThreadPerClient clients = new ThreadPerClient(this::serve);

  ExceptionSkipsClose() throws IOException {}

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
    client.close();
  }
}
