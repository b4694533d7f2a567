package dev.closewait.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * One JVM that says when its {@code main} was reached (an empty line), then prints the CPU time
 * that it took until there in nanoseconds, and what its first and second {@code Socket} and {@code
 * SocketChannel} cost: connect, accept, one byte each way, close.
 */
public final class StartupProbe {
  private StartupProbe() {}

  /** No arguments. */
  public static void main(String[] arguments) throws IOException {
    System.out.println();
    long cpuNanos = cpuNanosOfAllThreads();
    long start = System.nanoTime();
    socket();
    long firstSocket = System.nanoTime();
    socket();
    long secondSocket = System.nanoTime();
    channel();
    long firstChannel = System.nanoTime();
    channel();
    long secondChannel = System.nanoTime();
    System.out.println(
        cpuNanos
            + " "
            + (firstSocket - start)
            + " "
            + (secondSocket - firstSocket)
            + " "
            + (firstChannel - secondSocket)
            + " "
            + (secondChannel - firstChannel));
  }

  /**
   * The first number is the time on a CPU in nanoseconds (Documentation/scheduler/sched-stats.rst);
   * the times of {@code /proc/self/stat} come in units of 10 ms.
   */
  static long cpuNanosOfAllThreads() throws IOException {
    File[] threads = new File("/proc/self/task").listFiles();
    long sum = 0;
    for (File thread : threads == null ? new File[0] : threads) {
      sum += cpuNanos(thread);
    }
    return sum;
  }

  static long cpuNanosOfThisThread() throws IOException {
    return cpuNanos(new File("/proc/thread-self"));
  }

  private static long cpuNanos(File thread) throws IOException {
    try (BufferedReader in =
        new BufferedReader(new FileReader(new File(thread, "schedstat"), US_ASCII))) {
      String line = in.readLine();
      return line == null ? 0 : Long.parseLong(line.substring(0, line.indexOf(' ')));
    }
  }

  private static void socket() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket listener = new ServerSocket(0, 1, loopback);
        Socket client = new Socket(loopback, listener.getLocalPort());
        Socket server = listener.accept()) {
      client.getOutputStream().write(1);
      server.getOutputStream().write(server.getInputStream().read());
      client.getInputStream().read();
    }
  }

  private static void channel() throws IOException {
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (SocketChannel client = SocketChannel.open(listener.getLocalAddress());
          SocketChannel server = listener.accept()) {
        ByteBuffer one = ByteBuffer.allocate(1);
        client.write(one);
        server.read(one.clear());
        server.write(one.flip());
        client.read(one.clear());
      }
    }
  }
}
