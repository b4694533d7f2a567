package dev.closewait.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Blocking sockets: one connection, a small request and response at a time. */
final class BlockingKeepAlive extends Traffic {
  private static final int MESSAGE_BYTES = 64;

  private final ServerSocket listener;
  private final Socket connection = new Socket();
  private final byte[] message = new byte[MESSAGE_BYTES];

  BlockingKeepAlive() {
    try {
      listener = new ServerSocket();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  void listen() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    listener.bind(new InetSocketAddress(loopback, 0));
    connection.connect(new InetSocketAddress(loopback, listener.getLocalPort()));
    connection.setTcpNoDelay(true);
  }

  @Override
  void answer() throws IOException {
    byte[] request = new byte[MESSAGE_BYTES];
    try (Socket socket = listener.accept()) {
      socket.setTcpNoDelay(true);
      while (socket.getInputStream().readNBytes(request, 0, MESSAGE_BYTES) == MESSAGE_BYTES) {
        socket.getOutputStream().write(request);
      }
    }
  }

  @Override
  void operate(InetAddress remote) throws IOException {
    connection.getOutputStream().write(message);
    connection.getInputStream().readNBytes(message, 0, MESSAGE_BYTES);
  }
}
