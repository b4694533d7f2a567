package dev.closewait.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** {@link DroppedChannel}, with the channel closed once the client has hung up. */
final class DroppedChannelFixed implements OrderServer {
  private final ServerSocketChannel listener = ServerSocketChannel.open();

  DroppedChannelFixed() throws IOException {
    listener.bind(Loopback.anyPort(), Loopback.BACKLOG);
    Daemon.start("acceptor", this::acceptLoop);
  }

  @Override
  public int port() {
    return listener.socket().getLocalPort();
  }

  private void acceptLoop() throws IOException {
    while (true) {
      answer(listener.accept());
    }
  }

  private static void answer(SocketChannel client) throws IOException {
    try (client;
        BufferedReader in = new BufferedReader(Channels.newReader(client, US_ASCII))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        client.write(ByteBuffer.wrap(Orders.answer(line)));
      }
    }
  }
}
