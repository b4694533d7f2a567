package dev.closewait.demo;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** One thread's loop that accepts and reads for every channel registered with a selector. */
final class EventLoop {
  private EventLoop() {}

  static void run(Selector selector) throws IOException {
    while (true) {
      selector.select();
      for (SelectionKey key : selector.selectedKeys()) {
        if (key.isAcceptable()) {
          accept((ServerSocketChannel) key.channel(), selector);
        } else {
          ((Session) key.attachment()).read();
        }
      }
      selector.selectedKeys().clear();
    }
  }

  private static void accept(ServerSocketChannel listener, Selector selector) throws IOException {
    SocketChannel client = listener.accept();
    if (client != null) {
      client.configureBlocking(false);
      client.register(selector, SelectionKey.OP_READ, new Session(client));
    }
  }
}
