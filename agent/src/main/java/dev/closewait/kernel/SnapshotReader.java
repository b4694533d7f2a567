package dev.closewait.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers one request: looks at the descriptors, then reads the tables once, then joins the two.
 */
final class SnapshotReader {

  private final RowSource tables;
  private final ProcessDescriptors descriptors;
  private final DescriptorStates states;

  SnapshotReader(RowSource tables, ProcessDescriptors descriptors, DescriptorStates states) {
    this.tables = tables;
    this.descriptors = descriptors;
    this.states = states;
  }

  KernelSnapshot read(SnapshotRequest request) {
    OpenDescriptors open = descriptors.open();
    Set<Integer> unexplained = unexplained(open, request.tracked());
    SocketLinks links = descriptors.links(toLookAt(unexplained, request.examined()));
    SnapshotFilter filter =
        new SnapshotFilter(links.inodes().values(), request.examined(), request.localPorts());
    KernelScan scan = tables.read(filter);
    SocketRows rows = new SocketRows(scan);
    List<UntrackedSocket> untracked = untracked(unexplained, links, rows);
    Census census = census(request.tracked().values(), untracked, filter, rows);
    DescriptorUsage usage = descriptors.usage(open);
    KernelSnapshot.Evidence evidence =
        new KernelSnapshot.Evidence(usage, missing(scan, links, usage));
    return new KernelSnapshot(rows, links, untracked, census, evidence);
  }

  private static Set<Integer> unexplained(OpenDescriptors open, Map<Integer, TcpState> tracked) {
    Set<Integer> unexplained = new LinkedHashSet<>();
    if (open instanceof OpenDescriptors.Found found) {
      for (Integer number : found.numbers()) {
        if (!tracked.containsKey(number)) {
          unexplained.add(number);
        }
      }
    }
    return unexplained;
  }

  private static Set<Integer> toLookAt(Set<Integer> unexplained, List<ConnectionKey> examined) {
    Set<Integer> numbers = new LinkedHashSet<>(unexplained);
    for (ConnectionKey key : examined) {
      if (key.descriptor() >= 0) {
        numbers.add(key.descriptor());
      }
    }
    return numbers;
  }

  private List<UntrackedSocket> untracked(
      Set<Integer> unexplained, SocketLinks links, SocketRows rows) {
    List<UntrackedSocket> untracked = new ArrayList<>();
    for (Integer number : unexplained) {
      Long inode = links.inodes().get(number);
      if (inode != null) {
        KernelSocket row = rows.withInode(inode);
        TcpState state = state(number, row);
        // No row and no TCP state: a socket of another family, or closed meanwhile.
        if (state != null) {
          untracked.add(new UntrackedSocket(number, inode, state, row));
        }
      }
    }
    return untracked;
  }

  private @Nullable TcpState state(int descriptor, @Nullable KernelSocket row) {
    return row == null ? states.stateOf(descriptor) : row.state();
  }

  private static Census census(
      Collection<TcpState> tracked,
      List<UntrackedSocket> untracked,
      SnapshotFilter filter,
      SocketRows rows) {
    Map<TcpState, Integer> owned = new EnumMap<>(TcpState.class);
    for (TcpState state : tracked) {
      owned.merge(state, 1, Integer::sum);
    }
    for (UntrackedSocket socket : untracked) {
      owned.merge(socket.state(), 1, Integer::sum);
    }
    Map<TcpState, Integer> byLocalPort = filter.endingOrBeginning();
    rows.countWaiting(byLocalPort);
    return new Census(owned, byLocalPort);
  }

  private static List<String> missing(KernelScan scan, SocketLinks links, DescriptorUsage usage) {
    List<String> missing = new ArrayList<>();
    if (scan instanceof KernelScan.Unavailable unavailable) {
      missing.add("the kernel's socket tables can not be read: " + unavailable.reason());
    } else if (scan instanceof KernelScan.Rows rows && rows.skippedRows() > 0) {
      missing.add(rows.skippedRows() + " rows of the kernel's socket tables not understood");
    }
    if (links.missing() != null) {
      missing.add(links.missing());
    }
    missing.addAll(usage.missing());
    return missing;
  }
}
