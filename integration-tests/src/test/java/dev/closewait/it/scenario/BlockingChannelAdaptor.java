package dev.closewait.it.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Reads channels through their socket() adaptors and forgets to close them. */
public final class BlockingChannelAdaptor {
  private BlockingChannelAdaptor() {}

  public static void main(String[] arguments) throws Exception {
    ServerSocketChannel listener = ServerSocketChannel.open().bind(Peers.anyPort());
    Peers.start(() -> acceptLoop(listener, Peers.isFixed(arguments)));
    int port = listener.socket().getLocalPort();
    Peers.hangUp(port);
    Peers.stay(port);
  }

  private static void acceptLoop(ServerSocketChannel listener, boolean fixed) throws IOException {
    while (true) {
      SocketChannel client = listener.accept();
      Peers.KEPT.add(client);
      readToEnd(client); // LEAK
      if (fixed) {
        client.socket().close();
      }
    }
  }

  private static void readToEnd(SocketChannel client) throws IOException {
    InputStream in = client.socket().getInputStream();
    while (in.read() >= 0) {
      client.socket().getOutputStream().flush();
    }
  }
}
