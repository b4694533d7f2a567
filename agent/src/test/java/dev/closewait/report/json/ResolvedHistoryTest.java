package dev.closewait.report.json;

import static dev.closewait.report.SampleDiagnosis.later;
import static dev.closewait.report.SampleGroups.eofRead;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Diagnosis;
import dev.closewait.diagnosis.ResolvedGroup;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolvedHistoryTest {

  private static final ResolvedGroup RESOLVED =
      new ResolvedGroup("9f31c2aabbcc", Cause.EOF_READ_NOT_CLOSED, 8, 1);

  private final ResolvedHistory history = new ResolvedHistory();

  @Test
  void stillShowsWhatAnEarlierScanResolved() {
    history.complete(later(0, false, List.of(), List.of(RESOLVED)));

    assertThat(history.complete(later(1, true)).resolved()).containsExactly(RESOLVED);
  }

  @Test
  void forgetsAGroupThatLeaksAgain() {
    history.complete(later(0, false, List.of(), List.of(RESOLVED)));

    assertThat(history.complete(later(1, false, eofRead())).resolved()).isEmpty();
  }

  @Test
  void keepsTheLastOfAGroupThatWasResolvedTwice() {
    ResolvedGroup again = new ResolvedGroup("9f31c2aabbcc", Cause.EOF_READ_NOT_CLOSED, 2, 5);
    history.complete(later(0, false, List.of(), List.of(RESOLVED)));

    assertThat(history.complete(later(1, false, List.of(), List.of(again))).resolved())
        .containsExactly(again);
  }

  @Test
  void dropsTheOldestBeyondItsBoundAndSaysSo() {
    Diagnosis last = later(0, false);
    for (int i = 0; i < ResolvedHistory.MAX_GROUPS + 30; i++) {
      ResolvedGroup group = new ResolvedGroup("group" + i, Cause.UNKNOWN, 1, 1);
      last = history.complete(later(i, false, List.of(), List.of(group)));
    }

    assertThat(last.resolved()).hasSize(ResolvedHistory.MAX_GROUPS);
    assertThat(last.resolved().get(0).fingerprint()).isEqualTo("group30");
    assertThat(last.health().boundsHit())
        .containsExactly("the last 100 resolved groups are listed, 30 older are not");
  }

  @Test
  void leavesAllElseAsItWas() {
    Diagnosis diagnosis = later(7, true, eofRead());

    assertThat(history.complete(diagnosis)).isEqualTo(diagnosis);
  }
}
