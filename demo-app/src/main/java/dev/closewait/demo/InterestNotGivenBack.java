package dev.closewait.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Takes the read interest away while a worker answers, and nobody gives it back. */
final class InterestNotGivenBack implements OrderServer {
  private final ServerSocketChannel listener = ServerSocketChannel.open();
  private final Selector selector = Selector.open();

  InterestNotGivenBack() throws IOException {
    listener.bind(Loopback.anyPort(), Loopback.BACKLOG);
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
    Daemon.start("event-loop", () -> EventLoop.run(selector, InterestNotGivenBack::serve));
  }

  @Override
  public int port() {
    return listener.socket().getLocalPort();
  }

  private static void serve(SelectionKey key) throws IOException {
    SocketChannel client = (SocketChannel) key.channel();
    ByteBuffer input = ByteBuffer.allocate(256);
    if (client.read(input) < 0) {
      client.close();
      return;
    }
    String order = US_ASCII.decode(input.flip()).toString().strip();
    key.interestOps(0);
    Daemon.start("worker", () -> answer(client, order));
  }

  private static void answer(SocketChannel client, String order) throws IOException {
    client.write(ByteBuffer.wrap(Orders.answer(order))); // LEAK
  }
}
