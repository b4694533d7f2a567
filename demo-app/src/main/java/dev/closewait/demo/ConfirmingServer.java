package dev.closewait.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A healthy server that answers one order at length and hangs up: {@link DroppedResponse}'s peer.
 */
final class ConfirmingServer implements OrderServer {
  /** More than a client's reader takes in one read, less than the kernel buffers. */
  private static final byte[] TERMS =
      "no returns after thirty days\n".repeat(1_000).getBytes(US_ASCII);

  private final ServerSocket listener = Loopback.listen();

  ConfirmingServer() throws IOException {
    Daemon.start("confirming-acceptor", this::acceptLoop);
  }

  @Override
  public int port() {
    return listener.getLocalPort();
  }

  private void acceptLoop() throws IOException {
    while (true) {
      try (Socket client = listener.accept();
          BufferedReader in = Orders.reader(client)) {
        String line = in.readLine();
        if (line != null) {
          client.getOutputStream().write(Orders.answer(line));
          client.getOutputStream().write(TERMS);
        }
      }
    }
  }
}
