package dev.closewait.kernel;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.ByteOrder;

/**
 * The kernel's two TCP tables of one network namespace: {@code tcp} and {@code tcp6}, where a
 * dual-stack socket keeps its IPv4 connections too.
 *
 * <p>A reading is one at a time, whoever asks.
 */
final class ProcNetTables implements Closeable {

  /**
   * The most that java.io reads without a malloc (BUF_SIZE in io_util.c, JDK 17 to 25); the kernel
   * hands out about 4 KB a read at best.
   */
  private static final int BUFFER_BYTES = 8192;

  private final ProcNetTable tcp;
  private final ProcNetTable tcp6;
  private final byte[] buffer = new byte[BUFFER_BYTES];

  private ProcNetTables(ProcNetTable tcp, ProcNetTable tcp6) {
    this.tcp = tcp;
    this.tcp6 = tcp6;
  }

  /** Opens the tables in this directory, {@code /proc/self/net} for those of this process. */
  static ProcNetTables open(File directory) {
    return new ProcNetTables(
        ProcNetTable.open(new File(directory, "tcp"), false),
        ProcNetTable.open(new File(directory, "tcp6"), true));
  }

  /**
   * Reads both tables now. Either one unreadable makes the whole unavailable: half a truth would
   * look like one.
   */
  synchronized KernelScan read(RowFilter filter) {
    return read(filter, Long.MAX_VALUE);
  }

  /** Reads no more than the first rows of each table: a machine may have 100,000. */
  synchronized KernelScan readFirstRows(RowFilter filter) {
    return read(filter, BUFFER_BYTES / 2);
  }

  private KernelScan read(RowFilter filter, long maxBytes) {
    RowCollector collector = new RowCollector();
    try {
      tcp.feed(parser(filter, collector), buffer, maxBytes);
      tcp6.feed(parser(filter, collector), buffer, maxBytes);
    } catch (IOException e) {
      return new KernelScan.Unavailable(String.valueOf(e.getMessage()));
    }
    return collector.rows();
  }

  private static ProcNetTcpParser parser(RowFilter filter, RowCollector collector) {
    return new ProcNetTcpParser(ByteOrder.nativeOrder(), filter, collector);
  }

  @Override
  public synchronized void close() throws IOException {
    try (tcp;
        tcp6) {
      // Both are closed, also when one of them fails.
    }
  }
}
