package dev.closewait.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A selector loop that sends back what it receives and closes at the end of a stream. */
final class Echo {
  private final Selector selector;
  private final ServerSocketChannel listener;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(64);

  Echo() {
    try {
      selector = Selector.open();
      listener = ServerSocketChannel.open();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the port. */
  int listen() throws IOException {
    listener.bind(new InetSocketAddress(0));
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
    return listener.socket().getLocalPort();
  }

  /** Runs until an error. */
  void run() throws IOException {
    while (true) {
      selector.select();
      for (SelectionKey key : selector.selectedKeys()) {
        if (key.isAcceptable()) {
          accept();
        } else {
          echo((SocketChannel) key.channel());
        }
      }
      selector.selectedKeys().clear();
    }
  }

  private void accept() throws IOException {
    SocketChannel channel = listener.accept();
    if (channel != null) {
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
    }
  }

  private void echo(SocketChannel channel) throws IOException {
    buffer.clear();
    if (channel.read(buffer) < 0) {
      channel.close();
    } else {
      channel.write(buffer.flip());
    }
  }
}
