package dev.closewait.diagnosis;

import dev.closewait.connection.Endpoint;
import dev.closewait.connection.ListenerSnapshot;
import dev.closewait.connection.RegistrySnapshot;
import dev.closewait.kernel.KernelScan;
import dev.closewait.kernel.KernelScanner;
import dev.closewait.kernel.KernelSocket;
import dev.closewait.kernel.TcpState;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the listening sockets whose connections wait in the accept queue and have been closed by
 * their peers there: no Java object exists for those, so only the kernel's tables show them.
 *
 * <p>Confined to the scanner thread. The tables are read only when a listening socket has had
 * something to accept, and has accepted nothing, for the threshold.
 */
final class ListenerWatch {
  private final long thresholdNanos;
  private final KernelScanner kernel;
  private final ListenerRules rules;
  private final FindingFactory findings;
  private Map<Long, Waiting> waiting = new HashMap<>();
  private @Nullable String missingEvidence;

  ListenerWatch(
      long thresholdNanos, KernelScanner kernel, ListenerRules rules, FindingFactory findings) {
    this.thresholdNanos = thresholdNanos;
    this.kernel = kernel;
    this.rules = rules;
    this.findings = findings;
  }

  private record Waiting(long sinceNanos, long accepted) {}

  private record Overdue(ListenerSnapshot listener, long waitingNanos) {}

  /**
   * One finding for each connection in CLOSE_WAIT in the accept queue of a listening socket that
   * does not accept.
   */
  List<Finding> findings(RegistrySnapshot registry, long now) {
    List<Overdue> overdue = overdue(registry, now);
    missingEvidence = null;
    if (overdue.isEmpty()) {
      return List.of();
    }
    Set<Integer> ports = new HashSet<>();
    for (Overdue listener : overdue) {
      ports.add(listener.listener().local().port());
    }
    KernelScan scan = kernel.waitingInAcceptQueue(ports);
    if (scan instanceof KernelScan.Unavailable unavailable) {
      missingEvidence = "connections in accept queues: " + unavailable.reason();
      return List.of();
    }
    List<Finding> found = new ArrayList<>();
    for (Overdue listener : overdue) {
      findIn(listener, ((KernelScan.Rows) scan).sockets(), found);
    }
    return found;
  }

  /** Why accept queues could not be looked into; null when they could, or nobody had to. */
  @Nullable String missingEvidence() {
    return missingEvidence;
  }

  private List<Overdue> overdue(RegistrySnapshot registry, long now) {
    Map<Long, Waiting> stillWaiting = new HashMap<>();
    List<Overdue> overdue = new ArrayList<>();
    for (ListenerSnapshot listener : registry.listeners()) {
      if (!registry.waiting().contains(listener.id())) {
        continue;
      }
      Waiting current = waiting.get(listener.id());
      if (current == null || current.accepted() != listener.accepted()) {
        current = new Waiting(now, listener.accepted());
      }
      stillWaiting.put(listener.id(), current);
      long waitingNanos = now - current.sinceNanos();
      if (waitingNanos >= thresholdNanos) {
        overdue.add(new Overdue(listener, waitingNanos));
      }
    }
    waiting = stillWaiting;
    return overdue;
  }

  private void findIn(Overdue overdue, List<KernelSocket> rows, List<Finding> found) {
    ListenerSnapshot listener = overdue.listener();
    List<KernelSocket> closed = new ArrayList<>();
    for (KernelSocket row : rows) {
      if (row.state() == TcpState.CLOSE_WAIT && isFor(row, listener.local())) {
        closed.add(row);
      }
    }
    if (closed.isEmpty()) {
      return;
    }
    Ruling ruling = rules.judge(listener, closed.size());
    for (KernelSocket row : closed) {
      LeakedConnection leaked =
          new LeakedConnection(
              null,
              new Endpoint(row.localAddress(), row.localPort()),
              new Endpoint(row.remoteAddress(), row.remotePort()),
              row.state(),
              row.inode(),
              row.receiveQueue(),
              overdue.waitingNanos());
      found.add(findings.ofListener(ruling, leaked, listener));
    }
  }

  private static boolean isFor(KernelSocket row, Endpoint bound) {
    InetAddress address = bound.address();
    return row.localPort() == bound.port()
        && (address == null || address.isAnyLocalAddress() || address.equals(row.localAddress()));
  }
}
