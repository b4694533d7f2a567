package dev.closewait.kernel;

import java.nio.ByteOrder;

/**
 * Cuts the text of {@code /proc/net/tcp} or {@code tcp6} into rows, however its chunks are cut, and
 * keeps those that a filter accepts; a rejected row costs no allocation, a malformed one is counted
 * and skipped.
 *
 * <p>One instance reads one table, on one thread.
 */
final class ProcNetTcpParser {

  /** Twice the longest row of today's kernels, about 190 bytes. */
  private static final int MAX_LINE_BYTES = 512;

  private final ProcNetTcpRow row;
  private final RowFilter filter;
  private final RowCollector collector;

  /** Start of a line whose end is in a later chunk. */
  private final byte[] partial = new byte[MAX_LINE_BYTES];

  private int partialLength;
  private boolean tooLong;

  ProcNetTcpParser(ByteOrder order, RowFilter filter, RowCollector collector) {
    this.row = new ProcNetTcpRow(order);
    this.filter = filter;
    this.collector = collector;
  }

  /** Takes the next bytes of the table. */
  void feed(byte[] chunk, int length) {
    int lineStart = 0;
    for (int i = 0; i < length; i++) {
      if (chunk[i] == '\n') {
        endLine(chunk, lineStart, i);
        lineStart = i + 1;
      }
    }
    keep(chunk, lineStart, length);
  }

  /**
   * Ends the table. A line without its end is not read: half an inode number is another socket's.
   */
  void finish() {
    if (partialLength > 0 || tooLong) {
      collector.skip();
    }
    partialLength = 0;
    tooLong = false;
  }

  private void endLine(byte[] chunk, int from, int to) {
    if (partialLength == 0 && !tooLong && to - from <= MAX_LINE_BYTES) {
      readLine(chunk, from, to);
      return;
    }
    keep(chunk, from, to);
    if (tooLong) {
      collector.skip();
    } else {
      readLine(partial, 0, partialLength);
    }
    partialLength = 0;
    tooLong = false;
  }

  private void keep(byte[] chunk, int from, int to) {
    int length = to - from;
    tooLong |= partialLength + length > MAX_LINE_BYTES;
    if (!tooLong) {
      System.arraycopy(chunk, from, partial, partialLength, length);
      partialLength += length;
    }
  }

  private void readLine(byte[] line, int from, int to) {
    if (row.read(line, from, to)) {
      offer();
    } else if (!isHeader(line, from, to)) {
      collector.skip();
    }
  }

  private void offer() {
    if (!filter.accepts(row.stateCode(), row.localPort(), row.remotePort(), row.inode())) {
      return;
    }
    TcpState state = TcpState.fromCode(row.stateCode());
    if (state == null) {
      collector.skip();
    } else {
      collector.add(row.toSocket(state));
    }
  }

  private static boolean isHeader(byte[] line, int from, int to) {
    int start = from;
    while (start < to && line[start] == ' ') {
      start++;
    }
    return start + 1 < to && line[start] == 's' && line[start + 1] == 'l';
  }
}
