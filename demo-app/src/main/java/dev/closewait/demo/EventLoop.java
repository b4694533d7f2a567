package dev.closewait.demo;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** One thread's loop that accepts and reads for every channel registered with a selector. */
final class EventLoop {
  private EventLoop() {}

  /** Serves channels that each have a {@link Session}. */
  static void run(Selector selector) throws IOException {
    run(selector, key -> ((Session) key.attachment()).read());
  }

  static void run(Selector selector, Reader reader) throws IOException {
    while (true) {
      selector.select();
      for (SelectionKey key : selector.selectedKeys()) {
        if (key.isAcceptable()) {
          accept((ServerSocketChannel) key.channel(), selector);
        } else {
          reader.read(key);
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

  /** Reads a channel that has something to read: data, or the end of the stream. */
  @FunctionalInterface
  interface Reader {
    void read(SelectionKey key) throws IOException;
  }
}
