package dev.closewait.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Two threads of this JVM, a client and a server, that exchange bytes over loopback as fast as they
 * can.
 */
abstract class Traffic {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /**
   * Each remote address has ephemeral ports of its own, which TIME_WAIT would use up; so the
   * listening sockets are bound to the wildcard address.
   */
  private static final InetAddress[] ADDRESSES = addresses(64);

  private final Thread server = daemon("traffic-server", this::serve);
  private final Thread client = daemon("traffic-client", this::send);
  private volatile long operations;

  /** A kind of traffic by its name on the command line. */
  static Traffic named(String name) {
    return switch (name) {
      case "churn-blocking" -> new BlockingChurn();
      case "churn-nio" -> new SelectorChurn();
      case "keep-alive-blocking" -> new BlockingKeepAlive();
      case "keep-alive-nio" -> new SelectorKeepAlive();
      case "churn-netty-nio" -> new NettyTraffic(NettyTraffic.Transport.nio(), false);
      case "churn-netty-epoll" -> new NettyTraffic(NettyTraffic.Transport.epoll(), false);
      case "keep-alive-netty-nio" -> new NettyTraffic(NettyTraffic.Transport.nio(), true);
      case "keep-alive-netty-epoll" -> new NettyTraffic(NettyTraffic.Transport.epoll(), true);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** Never ends by itself: the JVM ends with its main thread. */
  void start() throws IOException {
    startServer();
    client.start();
  }

  /** For a caller that is the client itself. */
  void startServer() throws IOException {
    listen();
    server.start();
  }

  /** CPU time of both threads. */
  long cpuNanos() {
    return THREADS.getThreadCpuTime(server.getId()) + THREADS.getThreadCpuTime(client.getId());
  }

  /** Connections churned or requests answered. */
  long operations() {
    return operations;
  }

  /** Opens the listening socket. */
  abstract void listen() throws IOException;

  /** Answers until an error. */
  abstract void answer() throws IOException;

  /** One connection or request. */
  abstract void operate(InetAddress remote) throws IOException;

  private void serve() {
    try {
      answer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void send() {
    try {
      for (long i = 1; true; i++) {
        operate(ADDRESSES[(int) (i % ADDRESSES.length)]);
        operations = i;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Thread daemon(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    return thread;
  }

  private static InetAddress[] addresses(int count) {
    InetAddress[] addresses = new InetAddress[count];
    try {
      for (int i = 0; i < count; i++) {
        addresses[i] = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (i + 1)});
      }
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
    return addresses;
  }
}
