package dev.closewait.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** {@link SlowBackend}, with the close before the wait, and a time limit for that. */
final class SlowBackendFixed implements OrderServer {
  private static final int RECEIPT_TIMEOUT_MILLIS = 100;

  private final SilentBackend backend = new SilentBackend();
  private final ThreadPerClient clients = new ThreadPerClient(this::serve);

  SlowBackendFixed() throws IOException {}

  @Override
  public int port() {
    return clients.port();
  }

  private void serve(Socket client) throws IOException {
    try (Socket receipts = backend.connect()) {
      receipts.setSoTimeout(RECEIPT_TIMEOUT_MILLIS);
      try (client;
          BufferedReader in = Orders.reader(client)) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          client.getOutputStream().write(Orders.answer(line));
        }
      }
      receipts.getInputStream().read();
    } catch (SocketTimeoutException e) {
      System.out.println("no receipt");
    }
  }
}
