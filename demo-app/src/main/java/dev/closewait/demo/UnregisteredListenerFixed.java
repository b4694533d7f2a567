package dev.closewait.demo;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;

/** {@link UnregisteredListener}, with both ports registered. */
final class UnregisteredListenerFixed implements OrderServer {
  private final ServerSocketChannel shops = ServerSocketChannel.open();
  private final ServerSocketChannel partners = ServerSocketChannel.open();

  UnregisteredListenerFixed() throws IOException {
    Selector selector = Selector.open();
    shops.bind(Loopback.anyPort());
    shops.configureBlocking(false);
    shops.register(selector, SelectionKey.OP_ACCEPT);
    partners.bind(Loopback.anyPort(), Loopback.BACKLOG);
    partners.configureBlocking(false);
    partners.register(selector, SelectionKey.OP_ACCEPT);
    Daemon.start("selector", () -> EventLoop.run(selector));
  }

  @Override
  public int port() {
    return partners.socket().getLocalPort();
  }
}
