package dev.closewait.it.scenario;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Reads asynchronous channels to their end and forgets to close them. */
public final class AsynchronousServer {
  private AsynchronousServer() {}

  public static void main(String[] arguments) throws Exception {
    AsynchronousServerSocketChannel listener =
        AsynchronousServerSocketChannel.open().bind(Peers.anyPort());
    int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
    Peers.hangUp(port);
    List<AsynchronousSocketChannel> clients = new ArrayList<>();
    for (int i = 0; i < Peers.CONNECTIONS; i++) {
      clients.add(listener.accept().get());
    }
    for (AsynchronousSocketChannel client : clients) {
      readToEnd(client); // LEAK
      if (Peers.isFixed(arguments)) {
        client.close();
      }
    }
    Peers.KEPT.addAll(clients);
    Peers.stay(port);
  }

  private static void readToEnd(AsynchronousSocketChannel client)
      throws InterruptedException, ExecutionException {
    ByteBuffer buffer = ByteBuffer.allocate(16);
    int count = 0;
    while (count >= 0) {
      buffer.clear();
      count = client.read(buffer).get();
    }
  }
}
