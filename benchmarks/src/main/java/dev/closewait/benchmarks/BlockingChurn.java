package dev.closewait.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Blocking sockets: connect, accept, one byte each way, end of stream, close. */
final class BlockingChurn extends Traffic {
  private final ServerSocket listener = unbound();

  @Override
  void listen() throws IOException {
    listener.bind(new InetSocketAddress(0));
  }

  @Override
  void answer() throws IOException {
    while (true) {
      try (Socket socket = listener.accept()) {
        socket.getOutputStream().write(socket.getInputStream().read());
        socket.getInputStream().read();
      }
    }
  }

  @Override
  void operate(InetAddress remote) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(remote, listener.getLocalPort()));
      socket.getOutputStream().write(1);
      socket.getInputStream().read();
    }
  }

  private static ServerSocket unbound() {
    try {
      return new ServerSocket();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
