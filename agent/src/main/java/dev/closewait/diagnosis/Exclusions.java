package dev.closewait.diagnosis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The frames that the user has declared acceptable, and how many connections each has excused in
 * this scan.
 */
final class Exclusions {
  private final List<ExcusedFrame> exclusions;
  private final Map<ExcusedFrame, Integer> counts = new LinkedHashMap<>();

  Exclusions(List<ExcusedFrame> exclusions) {
    this.exclusions = exclusions;
  }

  /** True when a frame of a stack that the ruling blames or shows matches. */
  boolean excuse(Finding finding) {
    for (ExcusedFrame exclusion : exclusions) {
      if (matches(exclusion, finding.ruling())) {
        counts.merge(exclusion, finding.count(), Integer::sum);
        return true;
      }
    }
    return false;
  }

  /** What was excused since the last call, with the user's reason. */
  List<String> used() {
    List<String> used = new ArrayList<>();
    counts.forEach(
        (exclusion, count) ->
            used.add(
                count
                    + " connections excused by exclude="
                    + exclusion.pattern()
                    + ": "
                    + exclusion.reason()));
    counts.clear();
    return used;
  }

  private static boolean matches(ExcusedFrame exclusion, Ruling ruling) {
    for (List<StackTraceElement> stack : ruling.blamed()) {
      if (matches(exclusion, stack)) {
        return true;
      }
    }
    for (Evidence evidence : ruling.evidence()) {
      if (matches(exclusion, evidence.stack())) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(ExcusedFrame exclusion, List<StackTraceElement> stack) {
    for (StackTraceElement frame : stack) {
      if (exclusion.frames().test(frame)) {
        return true;
      }
    }
    return false;
  }
}
