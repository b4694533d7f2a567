package dev.closewait.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;

/** Serves a client to its end, then waits for its backend's receipt before it closes. */
final class SlowBackend implements OrderServer {
  private final SilentBackend backend = new SilentBackend();
  private final ThreadPerClient clients = new ThreadPerClient(this::serve);

  SlowBackend() throws IOException {}

  @Override
  public int port() {
    return clients.port();
  }

  private void serve(Socket client) throws IOException {
    try (Socket receipts = backend.connect()) {
      BufferedReader in = Orders.reader(client);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        client.getOutputStream().write(Orders.answer(line));
      }
      receipts.getInputStream().read(); // LEAK
    }
    client.close();
  }
}
