package dev.closewait.demo;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;

/** Listens on a second port, for partners, that the selector is never told about. */
final class UnregisteredListener implements OrderServer {
  private final ServerSocketChannel shops = ServerSocketChannel.open();
  private final ServerSocketChannel partners = ServerSocketChannel.open();

  UnregisteredListener() throws IOException {
    Selector selector = Selector.open();
    shops.bind(Loopback.anyPort());
    shops.configureBlocking(false);
    shops.register(selector, SelectionKey.OP_ACCEPT);
    partners.bind(Loopback.anyPort(), Loopback.BACKLOG); // LEAK
    partners.configureBlocking(false);
    Daemon.start("selector", () -> EventLoop.run(selector));
  }

  @Override
  public int port() {
    return partners.socket().getLocalPort();
  }
}
