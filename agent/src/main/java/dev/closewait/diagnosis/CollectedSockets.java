package dev.closewait.diagnosis;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.diagnosis.Ruling.Certainty;
import dev.closewait.diagnosis.rules.OriginStacks;
import dev.closewait.kernel.TcpState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sockets that the garbage collector had to close: nothing stays open, so the occurrences are
 * counted for the life of the process.
 *
 * <p>Confined to the scanner thread; bounded to so many places, and to the newest connections of
 * each.
 */
final class CollectedSockets {
  private static final int MAX_PLACES = 200;

  private final FindingFactory findings;
  private final int maxExamples;
  private final Map<String, Place> places = new LinkedHashMap<>();

  CollectedSockets(FindingFactory findings, int maxExamples) {
    this.findings = findings;
    this.maxExamples = maxExamples;
  }

  private static final class Place {
    final ArrayDeque<Finding> newest = new ArrayDeque<>();
    int count;
  }

  void add(ConnectionSnapshot connection) {
    LeakedConnection leaked =
        new LeakedConnection(
            connection, connection.local(), connection.remote(), TcpState.CLOSE, -1, -1, 0);
    Finding finding = findings.ofCollected(ruling(connection), leaked, connection);
    Place place = places.get(finding.fingerprint());
    if (place == null) {
      if (places.size() >= MAX_PLACES) {
        return;
      }
      place = new Place();
      places.put(finding.fingerprint(), place);
    }
    place.count++;
    place.newest.addFirst(finding);
    if (place.newest.size() > maxExamples) {
      place.newest.removeLast();
    }
  }

  /** The newest of each place; the first stands for all that are not kept. */
  List<Finding> all() {
    List<Finding> all = new ArrayList<>();
    for (Place place : places.values()) {
      int others = place.count - place.newest.size();
      boolean first = true;
      for (Finding finding : place.newest) {
        all.add(first ? finding.standingFor(1 + others) : finding);
        first = false;
      }
    }
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
