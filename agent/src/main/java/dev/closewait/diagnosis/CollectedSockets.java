package dev.closewait.diagnosis;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.diagnosis.Ruling.Certainty;
import dev.closewait.diagnosis.rules.OriginStacks;
import dev.closewait.kernel.TcpState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sockets that the garbage collector had to close: nothing stays open, so the occurrences are
 * counted for the life of the process.
 *
 * <p>Confined to the scanner thread; bounded to the groups and the newest connections of each.
 */
final class CollectedSockets {
  private static final int MAX_GROUPS = 200;
  private static final int MAX_KEPT = 1000;

  private final FindingFactory findings;
  private final Map<String, List<Finding>> byFingerprint = new LinkedHashMap<>();

  CollectedSockets(FindingFactory findings) {
    this.findings = findings;
  }

  void add(ConnectionSnapshot connection, long now) {
    Ruling ruling = ruling(connection);
    LeakedConnection leaked =
        new LeakedConnection(
            connection, connection.local(), connection.remote(), TcpState.CLOSE, -1, -1, 0);
    Finding finding = findings.ofConnection(ruling, leaked, connection);
    List<Finding> group = byFingerprint.get(finding.fingerprint());
    if (group == null && byFingerprint.size() < MAX_GROUPS) {
      group = new ArrayList<>();
      byFingerprint.put(finding.fingerprint(), group);
    }
    if (group != null && group.size() < MAX_KEPT) {
      group.add(finding);
    }
  }

  /** All of them so far. */
  List<Finding> all() {
    List<Finding> all = new ArrayList<>();
    byFingerprint.values().forEach(all::addAll);
    return all;
  }

  private static Ruling ruling(ConnectionSnapshot connection) {
    return new Ruling(
        Cause.UNREACHABLE,
        "The socket opened in %s was dropped without close(); the garbage collector closed it, late.",
        "close the socket where it is used: try-with-resources around its use",
        OriginStacks.of(connection),
        Ruling.CULPRIT,
        Certainty.HARMLESS,
        List.of(
            Evidence.of(
                Evidence.Source.GC, "the socket's cleaner released the descriptor, not close()")));
  }
}
