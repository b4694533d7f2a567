package dev.closewait.demo;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Queues what it accepts for the reading thread, which nobody wakes from its select. */
final class AcceptedNotRegistered implements OrderServer {
  private final ServerSocketChannel listener = ServerSocketChannel.open();
  private final Selector accepts = Selector.open();
  private final Selector reads = Selector.open();
  private final Queue<SocketChannel> accepted = new ConcurrentLinkedQueue<>();

  AcceptedNotRegistered() throws IOException {
    listener.bind(Loopback.anyPort(), Loopback.BACKLOG);
    listener.configureBlocking(false);
    listener.register(accepts, SelectionKey.OP_ACCEPT);
    Daemon.start("acceptor", this::acceptLoop);
    Daemon.start("reader", this::readLoop);
  }

  @Override
  public int port() {
    return listener.socket().getLocalPort();
  }

  private void acceptLoop() throws IOException {
    while (true) {
      accepts.select();
      accepts.selectedKeys().clear();
      SocketChannel client = listener.accept(); // LEAK
      if (client != null) {
        client.configureBlocking(false);
        accepted.add(client);
      }
    }
  }

  private void readLoop() throws IOException {
    while (true) {
      reads.select();
      for (SocketChannel client = accepted.poll(); client != null; client = accepted.poll()) {
        client.register(reads, SelectionKey.OP_READ, new Session(client));
      }
      for (SelectionKey key : reads.selectedKeys()) {
        ((Session) key.attachment()).read();
      }
      reads.selectedKeys().clear();
    }
  }
}
