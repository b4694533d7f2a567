package dev.closewait.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.Await;
import dev.closewait.it.support.CauseTable;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.KernelTable;
import dev.closewait.it.support.WatchedScenario;
import java.time.Duration;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Incidents that have happened: each is reported with its cause, and its healthy twin is not. */
@Execution(ExecutionMode.CONCURRENT)
class IncidentIT {
  private static final String INCIDENTS = "dev.closewait.it.Incidents#onEachJdk";
  private static final String[] QUICK = {"threshold=500ms", "interval=250ms"};
  private static final String[] CALM = {"threshold=1s", "interval=250ms"};
  private static final Duration OVER_THRESHOLD = Duration.ofMillis(2_200);

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource(INCIDENTS)
  void namesTheCause(Incident incident, Jdk jdk) {
    try (WatchedScenario program = WatchedScenario.start(incident.leaking(jdk), QUICK)) {
      Await.checked(
          WatchedScenario.PATIENCE,
          () -> {
            AgentReport.Leak leak = program.report().onlyLeak();
            assertThat(leak.cause()).as("cause in %s", leak).isEqualTo(incident.cause());
            assertThat(leak.culprit()).as("culprit in %s", leak).isEqualTo(incident.culprit());
            assertThat(leak.count())
                .as("connections reported, and those in %s", program.kernel())
                .isGreaterThanOrEqualTo(program.connections())
                .isEqualTo(notClosed(program.kernel()));
            CauseTable.assertFixIfListed(incident.program(), leak);
          });
      assertThat(program.finish().onlyLeak().cause()).isEqualTo(incident.cause());
    }
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource(INCIDENTS)
  void findsNothingInHealthyTwin(Incident incident, Jdk jdk) {
    try (WatchedScenario program = WatchedScenario.start(incident.healthy(jdk), CALM)) {
      Await.pause(OVER_THRESHOLD);
      // Descriptors and rows are read one after the other: a connection may be made between.
      Await.checked(
          WatchedScenario.PATIENCE,
          () -> assertThat(notClosed(program.kernel())).as("%s", program.kernel()).isZero());
      AgentReport last = program.finish();
      assertThat(last.leaks()).isEmpty();
      assertThat(last.resolvedCauses()).isEmpty();
      assertThat(last.hookErrors()).isEmpty();
      assertThat(last.problems()).isEmpty();
    }
  }

  private static int notClosed(KernelTable kernel) {
    return kernel.count(KernelTable.CLOSE_WAIT) + kernel.deadDescriptors();
  }
}
