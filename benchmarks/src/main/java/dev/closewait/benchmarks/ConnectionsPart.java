package dev.closewait.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Many open connections: bytes of heap for each with the agent less without, and the cost of a
 * scan.
 *
 * <p>The held ends are in a child JVM, the peers in this one, so that a limit of 20,000 descriptors
 * a process is enough.
 */
final class ConnectionsPart {
  private static final double BYTES_BUDGET = 200;
  private static final double SCAN_BUDGET_MICROS = 3;
  private static final int FIRST_BATCH = 500;
  private static final int SCAN_MILLIS = 6_000;
  private static final int ADDRESSES = 4;

  private final DriverOptions options;
  private final String idleAgent = AgentJars.idle().toString();

  ConnectionsPart(DriverOptions options) {
    this.options = options;
  }

  void run() throws IOException {
    System.out.printf("%d open connections in one JVM%n", options.connections());
    for (int depth : new int[] {20, 100}) {
      Held without = measure(idleAgent, depth);
      Held with = measure(options.agent() + "=threshold=2s,interval=500ms", depth);
      Lines.value(
          "heap per connection, depth " + depth,
          with.bytesEach() - without.bytesEach(),
          "bytes",
          BYTES_BUDGET);
      Lines.detail(
          "%.1f with, %.1f without; records alone %.1f",
          with.bytesEach(), without.bytesEach(), with.recordBytesEach());
      Lines.value(
          "scan, CPU per connection",
          with.scanNanos().median() / options.connections() / 1_000,
          "us",
          SCAN_BUDGET_MICROS);
      Lines.detail("ms a scan: %s", millis(with.scanNanos()).summary(1));
    }
  }

  private Held measure(String agent, int depth) throws IOException {
    List<SocketChannel> peers = new ArrayList<>();
    try (ChildJvm child =
        ChildJvm.start(
            agent,
            List.of("-Xmx512m"),
            HeldConnections.class,
            depth,
            SCAN_MILLIS,
            FIRST_BATCH,
            options.connections() - FIRST_BATCH)) {
      int port = (int) child.numbers()[0];
      connect(FIRST_BATCH, port, peers);
      double[] few = child.numbers();
      connect(options.connections() - FIRST_BATCH, port, peers);
      double[] many = child.numbers();
      Figures scans = new Figures();
      double[] nanos = child.numbers();
      for (int i = 1; i < nanos.length; i++) {
        scans.add(nanos[i]);
      }
      double more = options.connections() - FIRST_BATCH;
      return new Held((many[0] - few[0]) / more, (many[1] - few[1]) / more, scans);
    } finally {
      for (SocketChannel peer : peers) {
        peer.close();
      }
    }
  }

  private static void connect(int count, int port, List<SocketChannel> peers) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    for (int i = 0; i < count; i++) {
      byte[] address = {127, 0, 0, (byte) (1 + i % ADDRESSES)};
      SocketChannel peer =
          SocketChannel.open(new InetSocketAddress(InetAddress.getByAddress(address), port));
      peers.add(peer);
      peer.write(one.clear());
      peer.read(one.clear());
    }
  }

  private static Figures millis(Figures nanos) {
    return nanos.times(1e-6);
  }

  /** What one child told; the scans are none without the agent. */
  private record Held(double bytesEach, double recordBytesEach, Figures scanNanos) {}
}
