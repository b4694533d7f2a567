package dev.closewait.it.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;

/** Program: a thread for each TLS client, that reads to the end and leaves without closing. */
public final class TlsWorkerForgetsClose {
  private TlsWorkerForgetsClose() {}

  /**
   * Starts it.
   *
   * @param args the key store
   */
  public static void main(String[] args) throws Exception {
    TlsListener.serve(new TlsKeys(Path.of(args[0])), TlsWorkerForgetsClose::read);
  }

  private static void read(Socket client) throws IOException {
    InputStream in = client.getInputStream();
    byte[] buffer = new byte[1024];
    boolean more = true;
    while (more) {
      more = in.read(buffer) >= 0; // LEAK
      if (more) {
        Ports.tellAsked();
      }
    }
  }
}
