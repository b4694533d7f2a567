package dev.closewait.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** Non-blocking channels: connect, accept, one byte each way, end of stream, close. */
final class SelectorChurn extends Traffic {
  private final Echo echo = new Echo();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(1);
  private final Selector selector;
  private int port;

  SelectorChurn() {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  void listen() throws IOException {
    port = echo.listen();
  }

  @Override
  void answer() throws IOException {
    echo.run();
  }

  @Override
  void operate(InetAddress remote) throws IOException {
    try (SocketChannel channel = SocketChannel.open()) {
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      channel.connect(new InetSocketAddress(remote, port));
      while (!channel.finishConnect()) {
        await();
      }
      buffer.clear();
      channel.write(buffer);
      key.interestOps(SelectionKey.OP_READ);
      buffer.clear();
      while (channel.read(buffer) == 0) {
        await();
      }
    }
    selector.selectNow();
  }

  private void await() throws IOException {
    selector.select();
    selector.selectedKeys().clear();
  }
}
