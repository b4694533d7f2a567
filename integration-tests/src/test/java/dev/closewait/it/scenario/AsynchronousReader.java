package dev.closewait.it.scenario;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;

/**
 * Completion handlers that drop a client at its end without close; threads of the JDK read for
 * them.
 */
public final class AsynchronousReader {
  private AsynchronousReader() {}

  public static void main(String[] arguments) throws Exception {
    AsynchronousServerSocketChannel listener =
        AsynchronousServerSocketChannel.open().bind(Peers.anyPort());
    int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
    Acceptor acceptor = new Acceptor(listener, Peers.isFixed(arguments));
    listener.accept(null, acceptor);
    Peers.hangUpSlowly(port);
    Peers.stay(port);
  }

  /** Accepts one client after the other and starts to read from each. */
  private record Acceptor(AsynchronousServerSocketChannel listener, boolean fixed)
      implements CompletionHandler<AsynchronousSocketChannel, Void> {

    @Override
    public void completed(AsynchronousSocketChannel client, Void nothing) {
      listener.accept(null, this);
      Peers.KEPT.add(client);
      ByteBuffer buffer = ByteBuffer.allocate(16);
      client.read(buffer, buffer, new Reader(client, fixed));
    }

    @Override
    public void failed(Throwable failure, Void nothing) {
      System.out.println("accept failed: " + failure);
    }
  }

  /** Reads on until the end. */
  private record Reader(AsynchronousSocketChannel client, boolean fixed)
      implements CompletionHandler<Integer, ByteBuffer> {

    @Override
    public void completed(Integer count, ByteBuffer buffer) {
      if (count >= 0) {
        buffer.clear();
        client.read(buffer, buffer, this);
      } else if (fixed) {
        failed(new EOFException(), buffer);
      }
    }

    @Override
    public void failed(Throwable failure, ByteBuffer buffer) {
      try {
        client.close();
      } catch (IOException e) {
        System.out.println("close failed: " + e);
      }
    }
  }
}
