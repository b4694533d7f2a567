package dev.closewait.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where everything here listens and connects: the loopback interface, never a name; counts the
 * connections.
 */
final class Loopback {
  /** Room for all connections of the ways that never accept. */
  static final int BACKLOG = DemoOptions.MAX_CONNECTIONS;

  private static final AtomicInteger CONNECTED = new AtomicInteger();

  private Loopback() {}

  static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  static ServerSocket listen() throws IOException {
    return new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
  }

  static Socket connect(int port) throws IOException {
    Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
    CONNECTED.incrementAndGet();
    return server;
  }

  /** How many connections all clients together have made. */
  static int connected() {
    return CONNECTED.get();
  }
}
