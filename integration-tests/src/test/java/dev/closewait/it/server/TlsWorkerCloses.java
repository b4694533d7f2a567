package dev.closewait.it.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;

/** Program: the twin of {@link TlsWorkerForgetsClose} that closes. */
public final class TlsWorkerCloses {
  private TlsWorkerCloses() {}

  /**
   * Starts it.
   *
   * @param args the key store
   */
  public static void main(String[] args) throws Exception {
    TlsListener.serve(new TlsKeys(Path.of(args[0])), TlsWorkerCloses::read);
  }

  private static void read(Socket client) throws IOException {
    try (client;
        InputStream in = client.getInputStream()) {
      byte[] buffer = new byte[1024];
      while (in.read(buffer) >= 0) {
        Ports.tellAsked();
      }
    }
  }
}
