package dev.closewait.it.scenario;

import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/**
 * Closes registered channels, whose descriptors stay until their selector runs again; it never does
 * in this program.
 */
public final class CloseWithoutSelect {
  private CloseWithoutSelect() {}

  public static void main(String[] arguments) throws Exception {
    ServerSocketChannel listener = ServerSocketChannel.open().bind(Peers.anyPort());
    int port = listener.socket().getLocalPort();
    Selector selector = Selector.open();
    Peers.hangUp(port);
    for (int i = 0; i < Peers.CONNECTIONS; i++) {
      SocketChannel client = listener.accept();
      client.configureBlocking(false);
      client.register(selector, SelectionKey.OP_READ);
      if (Arrays.asList(arguments).contains("linger")) {
        client.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    }
    selector.select();
    for (SelectionKey key : selector.selectedKeys()) {
      key.channel().close(); // LEAK
    }
    if (Peers.isFixed(arguments)) {
      selector.selectNow();
    }
    Peers.KEPT.add(selector);
    Peers.stay(port);
  }
}
