package dev.closewait.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** Non-blocking channels: one connection, a small request and response at a time. */
final class SelectorKeepAlive extends Traffic {
  private static final int MESSAGE_BYTES = 64;

  private final Echo echo = new Echo();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE_BYTES);
  private final Selector selector;
  private final SocketChannel connection;

  SelectorKeepAlive() {
    try {
      selector = Selector.open();
      connection = SocketChannel.open();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  void listen() throws IOException {
    int port = echo.listen();
    connection.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
    connection.configureBlocking(false);
    connection.register(selector, SelectionKey.OP_READ);
  }

  @Override
  void answer() throws IOException {
    echo.run();
  }

  @Override
  void operate(InetAddress remote) throws IOException {
    buffer.clear();
    connection.write(buffer);
    buffer.clear();
    while (buffer.hasRemaining()) {
      selector.select();
      selector.selectedKeys().clear();
      connection.read(buffer);
    }
  }
}
