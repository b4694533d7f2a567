package dev.closewait.it.scenario;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;

/** One handler blocks the thread that serves all channels, while their clients hang up. */
public final class BlockedSelectorLoop {
  private static final CountDownLatch STOCK_ARRIVED = new CountDownLatch(1);
  private static final int PAUSE_MILLIS = 200;

  private BlockedSelectorLoop() {}

  public static void main(String[] arguments) throws Exception {
    if (Peers.isFixed(arguments)) {
      STOCK_ARRIVED.countDown();
    }
    Selector selector = Selector.open();
    ServerSocketChannel listener = ServerSocketChannel.open().bind(Peers.anyPort());
    listener.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
    Peers.start(() -> loop(selector)).setName("nio-loop");
    int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
    try (SocketChannel first = SocketChannel.open(listener.getLocalAddress());
        SocketChannel second = SocketChannel.open(listener.getLocalAddress());
        SocketChannel third = SocketChannel.open(listener.getLocalAddress())) {
      for (SocketChannel client : new SocketChannel[] {first, second}) {
        client.write(ByteBuffer.wrap(new byte[] {'?'}));
        Thread.sleep(PAUSE_MILLIS);
      }
      third.write(ByteBuffer.wrap(new byte[] {'!'}));
      Thread.sleep(PAUSE_MILLIS);
    }
    Peers.stay(port);
  }

  private static void loop(Selector selector) throws Exception {
    while (true) {
      selector.select();
      for (SelectionKey key : selector.selectedKeys()) {
        if (key.isAcceptable()) {
          SocketChannel client = ((ServerSocketChannel) key.channel()).accept();
          client.configureBlocking(false).register(selector, SelectionKey.OP_READ);
          Peers.KEPT.add(client);
        } else {
          read((SocketChannel) key.channel());
        }
      }
      selector.selectedKeys().clear();
    }
  }

  private static void read(SocketChannel client) throws IOException, InterruptedException {
    ByteBuffer order = ByteBuffer.allocate(1);
    if (client.read(order) < 0) {
      client.close();
    } else if (order.get(0) == '!') {
      STOCK_ARRIVED.await(); // LEAK
    }
  }
}
