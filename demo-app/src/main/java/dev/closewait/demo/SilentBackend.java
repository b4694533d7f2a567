package dev.closewait.demo;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/** A backend that never says a word, and hangs up when its caller does. */
final class SilentBackend {
  private final ServerSocket listener = Loopback.listen();

  SilentBackend() throws IOException {
    Daemon.start("backend", this::acceptLoop);
  }

  Socket connect() throws IOException {
    return Loopback.connect(listener.getLocalPort());
  }

  private void acceptLoop() throws IOException {
    while (true) {
      Socket caller = listener.accept();
      Daemon.start("backend-call", () -> awaitEnd(caller));
    }
  }

  private static void awaitEnd(Socket caller) throws IOException {
    try (caller) {
      caller.getInputStream().read();
    }
  }
}
