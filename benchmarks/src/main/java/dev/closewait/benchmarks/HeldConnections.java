package dev.closewait.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * One JVM that accepts connections, answers one byte on each, and holds them: prints its port, then
 * after each batch (their sizes are the arguments) the live bytes of its heap and those of them
 * that are the agent's records; at last the CPU time of each of some scans in nanoseconds.
 *
 * <p>Waits for a line before it ends.
 */
public final class HeldConnections {
  private static final long SETTLE_MILLIS = 4_000;

  private final ServerSocketChannel listener = ServerSocketChannel.open();
  private final List<SocketChannel> held = new ArrayList<>();
  private final ByteBuffer one = ByteBuffer.allocate(1);

  private HeldConnections() throws IOException {}

  /** Arguments: frames below {@code accept}, milliseconds to watch scans, size of each batch. */
  public static void main(String[] arguments) throws Exception {
    HeldConnections connections = new HeldConnections();
    connections.listener.bind(new InetSocketAddress(0), 1024);
    System.out.println(connections.listener.socket().getLocalPort());
    for (int i = 2; i < arguments.length; i++) {
      connections.hold(Integer.parseInt(arguments[i]), Integer.parseInt(arguments[0]));
      Thread.sleep(SETTLE_MILLIS);
      System.out.println(liveBytes());
    }
    System.out.println(new ScanWatch().cpuNanosOfScans(Long.parseLong(arguments[1])));
    System.in.read();
  }

  private void hold(int count, int depth) throws IOException {
    for (int i = 0; i < count; i++) {
      SocketChannel channel = acceptAt(depth);
      held.add(channel);
      channel.read(one.clear());
      channel.write(one.flip());
    }
  }

  private SocketChannel acceptAt(int depth) throws IOException {
    return depth == 0 ? listener.accept() : acceptAt(depth - 1);
  }

  /** The histogram counts what a full collection has left; its last line is the sum. */
  private static String liveBytes() throws JMException {
    Object histogram =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
    long all = 0;
    long records = 0;
    for (String line : histogram.toString().split("\n", -1)) {
      String[] words = line.trim().split("\\s+", -1);
      if (words[0].equals("Total")) {
        all = Long.parseLong(words[2]);
      } else if (words.length > 3 && words[3].contains("java.net.CloseWait")) {
        records += Long.parseLong(words[2]);
      }
    }
    return all + " " + records;
  }
}
