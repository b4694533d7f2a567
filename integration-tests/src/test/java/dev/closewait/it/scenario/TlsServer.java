package dev.closewait.it.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * Reads TLS connections to the peer's close_notify and forgets to close them; keys come from the
 * properties {@code javax.net.ssl.*}.
 */
public final class TlsServer {
  private TlsServer() {}

  public static void main(String[] arguments) throws Exception {
    SSLServerSocket listener =
        (SSLServerSocket)
            SSLServerSocketFactory.getDefault()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Peers.start(() -> acceptLoop(listener, Peers.isFixed(arguments)));
    for (int i = 0; i < Peers.CONNECTIONS; i++) {
      try (Socket server =
          SSLSocketFactory.getDefault()
              .createSocket(InetAddress.getLoopbackAddress(), listener.getLocalPort())) {
        server.getOutputStream().write('?');
        server.getInputStream().read();
      }
    }
    Peers.stay(listener.getLocalPort());
  }

  private static void acceptLoop(SSLServerSocket listener, boolean fixed) throws IOException {
    while (true) {
      Socket client = listener.accept();
      Peers.KEPT.add(client);
      InputStream in = client.getInputStream();
      while (in.read() >= 0) { // LEAK
        client.getOutputStream().write('!');
      }
      if (fixed) {
        client.close();
      }
    }
  }
}
