package dev.closewait.kernel;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the rows that a snapshot is asked about, and counts those that nobody will ask about one by
 * one.
 *
 * <p>For one reading of the tables, on one thread.
 */
final class SnapshotFilter implements RowFilter {

  private final long[] inodes;
  private final int[] portPairs;
  private final AcceptQueueFilter acceptQueues;
  private final int[] endingByStateCode = new int[TcpState.values().length + 1];

  SnapshotFilter(Collection<Long> inodes, List<ConnectionKey> examined, Set<Integer> localPorts) {
    this.inodes = sorted(inodes);
    this.portPairs = portPairs(examined);
    this.acceptQueues = new AcceptQueueFilter(localPorts);
  }

  private static long[] sorted(Collection<Long> inodes) {
    long[] sorted = new long[inodes.size()];
    int next = 0;
    for (long inode : inodes) {
      sorted[next++] = inode;
    }
    Arrays.sort(sorted);
    return sorted;
  }

  private static int[] portPairs(List<ConnectionKey> examined) {
    int[] pairs = new int[examined.size()];
    int next = 0;
    for (ConnectionKey key : examined) {
      if (key.hasPorts()) {
        pairs[next++] = SocketRows.pair(key.localPort(), key.remotePort());
      }
    }
    int[] sorted = Arrays.copyOf(pairs, next);
    Arrays.sort(sorted);
    return sorted;
  }

  @Override
  public boolean accepts(int stateCode, int localPort, int remotePort, long inode) {
    if (inode != 0) {
      return Arrays.binarySearch(inodes, inode) >= 0
          || (stateCode == TcpState.LISTEN.code() && acceptQueues.isLocal(localPort))
          || Arrays.binarySearch(portPairs, SocketRows.pair(localPort, remotePort)) >= 0;
    }
    if (acceptQueues.accepts(stateCode, localPort, remotePort, inode)) {
      return true;
    }
    if (acceptQueues.isLocal(localPort) && stateCode < endingByStateCode.length) {
      endingByStateCode[stateCode]++;
    }
    return false;
  }

  /**
   * Sockets on the local ports that were closed, or are not complete yet, by state: often tens of
   * thousands.
   */
  Map<TcpState, Integer> endingOrBeginning() {
    Map<TcpState, Integer> counts = new EnumMap<>(TcpState.class);
    for (TcpState state : TcpState.values()) {
      if (endingByStateCode[state.code()] > 0) {
        counts.put(state, endingByStateCode[state.code()]);
      }
    }
    return counts;
  }
}
