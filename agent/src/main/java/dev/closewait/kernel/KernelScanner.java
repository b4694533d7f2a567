package dev.closewait.kernel;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the kernel knows about the sockets of this process.
 *
 * <p>It is opened at start, and all it opens stays open, so that it works when the process has no
 * free descriptor. Where the kernel has no such tables it opens too, and each answer says what is
 * missing.
 */
public final class KernelScanner implements Closeable {

  /**
   * One row of each table, so that {@link #warmUp} reads some where the process has no socket yet.
   */
  private static final String SAMPLE =
      """
         0: 0100007F:1F90 0100007F:9C42 08 00000000:00000001 00:00000000 00000000  1000        0 1 1
         1: 00000000000000000000000001000000:1F90 00000000000000000000000001000000:9C42 08 00000000:00000001 00:00000000 00000000  1000        0 2 1
      """;

  private static final TcpState SAMPLE_STATE = TcpState.CLOSE_WAIT;

  private static final int NO_DESCRIPTOR = -1;

  private final ProcNetTables tables;
  private final ProcessDescriptors descriptors;
  private final DescriptorStates states;
  private final CpuLoadFiles load;

  private KernelScanner(
      ProcNetTables tables,
      ProcessDescriptors descriptors,
      DescriptorStates states,
      CpuLoadFiles load) {
    this.tables = tables;
    this.descriptors = descriptors;
    this.states = states;
    this.load = load;
  }

  /** Opens what this process needs to look at itself. */
  public static KernelScanner open() {
    return open(new File("/proc/self"), new RuntimeDescriptorStates());
  }

  /** Opens with another place for {@code /proc/self}, and another way to ask descriptors. */
  static KernelScanner open(File process, DescriptorStates states) {
    return new KernelScanner(
        ProcNetTables.open(new File(process, "net")),
        ProcessDescriptors.ofSelf(process),
        states,
        CpuLoadFiles.open(process, new File("/sys/fs/cgroup")));
  }

  /**
   * Runs everything once, so that its classes are there when the process can open nothing more. Not
   * before the application's {@code main}: it loads java.nio.file.
   */
  public void warmUp() {
    new SnapshotReader(tables::readFirstRows, descriptors, states)
        .read(new SnapshotRequest(Map.of(), List.of(), Set.of()));
    stateOf(NO_DESCRIPTOR);
    RowCollector collector = new RowCollector();
    byte[] sample = SAMPLE.getBytes(StandardCharsets.US_ASCII);
    new ProcNetTcpParser(ByteOrder.nativeOrder(), new StateFilter(SAMPLE_STATE), collector)
        .feed(sample, sample.length);
    SocketRows rows = new SocketRows(collector.rows());
    for (KernelSocket socket : collector.rows().sockets()) {
      new UntrackedSocket(0, socket.inode(), socket.state(), rows.withInode(socket.inode()));
      rows.fitting(
          new ConnectionKey(
              0,
              socket.localAddress(),
              socket.localPort(),
              socket.remoteAddress(),
              socket.remotePort()));
    }
    new KernelScan.Unavailable("").reason();
    new OpenDescriptors.Unavailable("").reason();
  }

  /** State of the TCP socket behind a descriptor; null when it can not be told. */
  public @Nullable TcpState stateOf(int descriptor) {
    return states.stateOf(descriptor);
  }

  /** Reads the tables once and looks at the descriptors, for a whole report. */
  public KernelSnapshot snapshot(SnapshotRequest request) {
    return new SnapshotReader(tables::read, descriptors, states).read(request);
  }

  /** Reads the rows of this network namespace, of any process, that a filter accepts. */
  public KernelScan rows(RowFilter filter) {
    return tables.read(filter);
  }

  /** Reads all rows in CLOSE_WAIT of this network namespace, of any process. */
  public KernelScan closeWaitRows() {
    return rows(new StateFilter(TcpState.CLOSE_WAIT));
  }

  /**
   * Reads the connections that wait to be accepted on these ports: what a scan asks when a
   * listening socket is suspect.
   */
  public KernelScan waitingInAcceptQueue(Set<Integer> localPorts) {
    return rows(new AcceptQueueFilter(localPorts));
  }

  /** Counts the descriptors of this process now. */
  public DescriptorUsage descriptors() {
    return descriptors.usage(descriptors.open());
  }

  /** How much work there is for the cores now. */
  public CpuLoad cpuLoad() {
    return load.read();
  }

  @Override
  public void close() throws IOException {
    load.close();
    tables.close();
  }
}
