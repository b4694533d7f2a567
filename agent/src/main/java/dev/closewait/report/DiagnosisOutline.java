package dev.closewait.report;

import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Diagnosis;
import dev.closewait.diagnosis.LeakGroup;
import dev.closewait.diagnosis.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a diagnosis that makes it worth another report when it changes: no ages, no costs.
 */
record DiagnosisOutline(List<Group> groups, List<String> problems) {

  /** The part of a leak group that does not change by time alone. */
  record Group(
      String fingerprint,
      Verdict verdict,
      Cause cause,
      int count,
      @Nullable StackTraceElement culprit,
      String fix,
      int evidence) {}

  static DiagnosisOutline of(Diagnosis diagnosis) {
    List<Group> groups = new ArrayList<>();
    for (LeakGroup leak : diagnosis.leaks()) {
      groups.add(
          new Group(
              leak.fingerprint(),
              leak.verdict(),
              leak.cause(),
              leak.count(),
              leak.culprit(),
              leak.fix(),
              leak.evidence().size()));
    }
    return new DiagnosisOutline(groups, diagnosis.health().problems());
  }
}
