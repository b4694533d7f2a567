package dev.closewait.it.scenario;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;

/**
 * A connect that throws an unchecked exception leaves its channel open (ZOOKEEPER-3112); other
 * connections go well.
 */
public final class FailedConnect {
  private FailedConnect() {}

  public static void main(String[] arguments) throws Exception {
    ServerSocketChannel listener = ServerSocketChannel.open().bind(Peers.anyPort());
    int port = listener.socket().getLocalPort();
    for (int i = 0; i < Peers.CONNECTIONS; i++) {
      try {
        connect(InetSocketAddress.createUnresolved("nowhere.invalid", port));
      } catch (UnresolvedAddressException e) {
        if (Peers.isFixed(arguments)) {
          ((SocketChannel) Peers.KEPT.remove(0)).close();
        }
      }
    }
    connect(new InetSocketAddress("127.0.0.1", port)).close();
    listener.accept().close();
    Peers.stay(port);
  }

  private static SocketChannel connect(InetSocketAddress server) throws IOException {
    SocketChannel channel = SocketChannel.open();
    Peers.KEPT.add(channel);
    channel.connect(server); // LEAK
    return channel;
  }
}
