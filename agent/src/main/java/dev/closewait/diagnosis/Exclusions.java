package dev.closewait.diagnosis;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.SocketEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The frames that the user has declared acceptable, and how many connections each has accepted in
 * this scan.
 */
final class Exclusions {
  private final List<AcceptedFrame> exclusions;
  private final Map<AcceptedFrame, Integer> counts = new LinkedHashMap<>();

  Exclusions(List<AcceptedFrame> exclusions) {
    this.exclusions = exclusions;
  }

  /** True when a frame of the connection's opening, end or last use matches. */
  boolean accept(Finding finding) {
    ConnectionSnapshot connection = finding.connection().record();
    if (exclusions.isEmpty() || connection == null) {
      return false;
    }
    for (AcceptedFrame exclusion : exclusions) {
      if (matches(exclusion, connection.opened())
          || matches(exclusion, connection.eof())
          || matches(exclusion, connection.error())
          || matches(exclusion, connection.lastUse())) {
        counts.merge(exclusion, 1, Integer::sum);
        return true;
      }
    }
    return false;
  }

  /** What was accepted since the last call, with the user's reason. */
  List<String> used() {
    List<String> used = new ArrayList<>();
    counts.forEach(
        (exclusion, count) ->
            used.add(
                count
                    + " connections accepted by exclude="
                    + exclusion.pattern()
                    + ": "
                    + exclusion.reason()));
    counts.clear();
    return used;
  }

  private static boolean matches(AcceptedFrame exclusion, @Nullable SocketEvent event) {
    if (event == null) {
      return false;
    }
    for (StackTraceElement frame : event.frames()) {
      if (exclusion.frames().test(frame)) {
        return true;
      }
    }
    return false;
  }
}
