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
  /** Somebody waits already: a tenth of the scanner's time may go into reading the tables. */
  private static final int IDLE_FOR_EACH_BUSY = 10;

  private final long thresholdNanos;
  private final KernelScanner kernel;
  private final ListenerRules rules;
  private final FindingFactory findings;
  private Map<Long, Waiting> waiting = new HashMap<>();
  private Map<Endpoint, Long> firstSeen = new HashMap<>();
  private List<KernelSocket> rows = List.of();
  private long notBeforeNanos;
  private @Nullable String missingEvidence;

  ListenerWatch(
      long thresholdNanos, KernelScanner kernel, ListenerRules rules, FindingFactory findings) {
    this.thresholdNanos = thresholdNanos;
    this.kernel = kernel;
    this.rules = rules;
    this.findings = findings;
  }

  private record Waiting(long sinceNanos, long accepted) {}

  /**
   * One finding for each connection in CLOSE_WAIT in the accept queue of a listening socket that
   * does not accept.
   */
  List<Finding> findings(RegistrySnapshot registry, long now) {
    List<ListenerSnapshot> still = standingStill(registry, now);
    if (still.isEmpty()) {
      firstSeen = new HashMap<>();
      rows = List.of();
      missingEvidence = null;
    } else if (rows.isEmpty() || now - notBeforeNanos >= 0) {
      long start = System.nanoTime();
      read(still, now);
      notBeforeNanos = now + IDLE_FOR_EACH_BUSY * (System.nanoTime() - start);
    }
    return findings(still, overdue(still, now), now);
  }

  /** Why accept queues could not be looked into; null when they could, or nobody had to. */
  @Nullable String missingEvidence() {
    return missingEvidence;
  }

  /** Those that had something to accept in this scan and the last, and have accepted nothing. */
  private List<ListenerSnapshot> standingStill(RegistrySnapshot registry, long now) {
    Map<Long, Waiting> stillWaiting = new HashMap<>();
    List<ListenerSnapshot> still = new ArrayList<>();
    for (ListenerSnapshot listener : registry.listeners()) {
      if (!registry.waiting().contains(listener.id())) {
        continue;
      }
      Waiting before = waiting.get(listener.id());
      if (before != null && before.accepted() == listener.accepted()) {
        still.add(listener);
        stillWaiting.put(listener.id(), before);
      } else {
        stillWaiting.put(listener.id(), new Waiting(now, listener.accepted()));
      }
    }
    waiting = stillWaiting;
    return still;
  }

  private void read(List<ListenerSnapshot> listeners, long now) {
    Set<Integer> ports = new HashSet<>();
    for (ListenerSnapshot listener : listeners) {
      ports.add(listener.local().port());
    }
    KernelScan scan = kernel.waitingInAcceptQueue(ports);
    if (scan instanceof KernelScan.Unavailable unavailable) {
      missingEvidence = "connections in accept queues: " + unavailable.reason();
      rows = List.of();
      return;
    }
    missingEvidence = null;
    Map<Endpoint, Long> seen = new HashMap<>();
    List<KernelSocket> closed = new ArrayList<>();
    for (KernelSocket row : ((KernelScan.Rows) scan).sockets()) {
      if (row.state() == TcpState.CLOSE_WAIT) {
        closed.add(row);
        seen.put(remote(row), firstSeen.getOrDefault(remote(row), now));
      }
    }
    rows = closed;
    firstSeen = seen;
  }

  /** By the id of the listening socket. */
  private Map<Long, List<KernelSocket>> overdue(List<ListenerSnapshot> listeners, long now) {
    Map<Long, List<KernelSocket>> overdue = new HashMap<>();
    for (KernelSocket row : rows) {
      ListenerSnapshot owner = owner(row, listeners);
      if (owner != null && now - firstSeen.getOrDefault(remote(row), now) >= thresholdNanos) {
        overdue.computeIfAbsent(owner.id(), o -> new ArrayList<>()).add(row);
      }
    }
    return overdue;
  }

  /** The kernel does not say whose a waiting connection is: the one bound to its very address. */
  private static @Nullable ListenerSnapshot owner(
      KernelSocket row, List<ListenerSnapshot> listeners) {
    ListenerSnapshot found = null;
    for (ListenerSnapshot listener : listeners) {
      InetAddress bound = listener.local().address();
      if (listener.local().port() == row.localPort()) {
        if (row.localAddress().equals(bound)) {
          return listener;
        }
        if (bound == null || bound.isAnyLocalAddress()) {
          found = listener;
        }
      }
    }
    return found;
  }

  private List<Finding> findings(
      List<ListenerSnapshot> listeners, Map<Long, List<KernelSocket>> overdue, long now) {
    List<Finding> found = new ArrayList<>();
    for (ListenerSnapshot listener : listeners) {
      List<KernelSocket> rows = overdue.getOrDefault(listener.id(), List.of());
      if (!rows.isEmpty()) {
        Ruling ruling = rules.judge(listener, rows.size());
        for (KernelSocket row : rows) {
          found.add(findings.ofListener(ruling, leaked(row, now), listener));
        }
      }
    }
    return found;
  }

  private LeakedConnection leaked(KernelSocket row, long now) {
    Endpoint remote = remote(row);
    return new LeakedConnection(
        null,
        new Endpoint(row.localAddress(), row.localPort()),
        remote,
        row.state(),
        row.inode(),
        row.receiveQueue(),
        now - firstSeen.getOrDefault(remote, now));
  }

  private static Endpoint remote(KernelSocket row) {
    return new Endpoint(row.remoteAddress(), row.remotePort());
  }
}
