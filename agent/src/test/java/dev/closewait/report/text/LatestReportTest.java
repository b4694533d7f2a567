package dev.closewait.report.text;

import static dev.closewait.report.SampleDiagnosis.later;
import static dev.closewait.report.SampleEvents.SECOND;
import static dev.closewait.report.SampleGroups.eofRead;
import static dev.closewait.report.SampleGroups.pooled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.report.SampleEvents;
import org.junit.jupiter.api.Test;

class LatestReportTest {
  private final LatestReport report =
      new LatestReport(new TextStyle(SampleEvents::isAcme, false, true));

  @Test
  void saysThatNothingWasWatchedYet() {
    assertThat(report.get()).isEqualTo("closewait: no leaks; no socket was used yet\n");
  }

  @Test
  void showsEveryGroupInFullHoweverOften() {
    report.publish(later(0, false, eofRead()));
    report.publish(later(5 * SECOND, false, eofRead(), pooled()));

    assertThat(report.get())
        .startsWith("closewait: 1 leak, 1 suspect: 11 connections in CLOSE_WAIT")
        .contains("LEAK  9f31c2", "SUSPECT  77ab01", "  culprit   ")
        .isEqualTo(report.get());
  }

  @Test
  void saysThatTheLeakIsOver() {
    report.publish(later(0, false, eofRead()));
    report.publish(later(5 * SECOND, false));

    assertThat(report.get()).startsWith("closewait: no leaks; ");
  }
}
