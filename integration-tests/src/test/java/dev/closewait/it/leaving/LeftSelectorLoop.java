package dev.closewait.it.leaving;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A selector loop that cancels the key of a client that sent a bad order, and closes nothing. */
public final class LeftSelectorLoop {
  private final Selector selector = Selector.open();
  private final ServerSocketChannel listener = ServerSocketChannel.open();
  private final ByteBuffer buffer = ByteBuffer.allocate(16);
  private final boolean fixed;

  private LeftSelectorLoop(boolean fixed) throws IOException {
    this.fixed = fixed;
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    listener.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
  }

  public static void main(String[] arguments) throws IOException {
    boolean fixed = LeavingServer.isFixed(arguments);
    LeftSelectorLoop server = new LeftSelectorLoop(fixed);
    Thread loop = new Thread(server::loop, "selector");
    loop.setDaemon(true);
    loop.start();
    LeavingServer.stay(server.listener.socket().getLocalPort(), fixed ? "1" : "x");
  }

  private void loop() {
    try {
      while (true) {
        selector.select();
        for (SelectionKey key : selector.selectedKeys()) {
          turn(key);
        }
        selector.selectedKeys().clear();
      }
    } catch (IOException e) {
      System.out.println("ended: " + e);
    }
  }

  private void turn(SelectionKey key) throws IOException {
    try {
      if (key.isAcceptable()) {
        accept();
      } else {
        handle((SocketChannel) key.channel());
      }
    } catch (IllegalStateException e) {
      key.cancel();
      if (fixed) {
        key.channel().close();
      }
    }
  }

  private void accept() throws IOException {
    SocketChannel client = listener.accept();
    LeavingServer.keep(client);
    client.configureBlocking(false).register(selector, SelectionKey.OP_READ);
  }

  private void handle(SocketChannel client) throws IOException {
    int length = client.read(buffer.clear()); // LEAK
    if (length < 0) {
      client.close();
    } else {
      Order.check(buffer.get(0)); // LEFT
    }
  }
}
