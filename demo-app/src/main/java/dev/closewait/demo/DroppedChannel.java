package dev.closewait.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Answers one order and drops the channel, which the garbage collector does not close. */
final class DroppedChannel implements OrderServer {
  private final ServerSocketChannel listener = ServerSocketChannel.open();

  DroppedChannel() throws IOException {
    listener.bind(Loopback.anyPort(), Loopback.BACKLOG);
    Daemon.start("acceptor", this::acceptLoop);
  }

  @Override
  public int port() {
    return listener.socket().getLocalPort();
  }

  private void acceptLoop() throws IOException {
    while (true) {
      answer(listener.accept()); // LEAK
    }
  }

  private static void answer(SocketChannel client) throws IOException {
    BufferedReader in = new BufferedReader(Channels.newReader(client, US_ASCII));
    String line = in.readLine();
    if (line != null) {
      client.write(ByteBuffer.wrap(Orders.answer(line)));
    }
  }
}
