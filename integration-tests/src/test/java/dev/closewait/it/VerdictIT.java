package dev.closewait.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.Await;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.WatchedScenario;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When a finding is a suspicion and when it is a leak. */
@Execution(ExecutionMode.CONCURRENT)
class VerdictIT {
  private static final long THRESHOLD_MILLIS = 1_500;
  private static final String[] OPTIONS = {
    "threshold=" + THRESHOLD_MILLIS + "ms", "interval=100ms"
  };
  private static final long LEAK_AFTER_MILLIS = 6 * THRESHOLD_MILLIS;
  private static final String JDKS = "dev.closewait.it.support.Jdks#all";

  @ParameterizedTest
  @MethodSource(JDKS)
  void suspectsUntilSixThresholds(Jdk jdk) {
    try (WatchedScenario scenario =
        WatchedScenario.start(DemoWays.named("ForgottenClose").on(jdk), OPTIONS)) {
      List<AgentReport.Leak> seen = new CopyOnWriteArrayList<>();
      Await.checked(
          WatchedScenario.PATIENCE,
          () -> {
            seen.addAll(scenario.report().leaks());
            assertThat(seen).extracting(AgentReport.Leak::verdict).contains("LEAK");
          });
      seen.addAll(scenario.finish().leaks());

      assertThat(seen).extracting(AgentReport.Leak::verdict).startsWith("SUSPECT").endsWith("LEAK");
      assertThat(seen)
          .allSatisfy(
              leak -> {
                assertThat(leak.oldestMillis()).isGreaterThanOrEqualTo(THRESHOLD_MILLIS);
                assertThat(leak.verdict())
                    .as("at %d ms", leak.oldestMillis())
                    .isEqualTo(leak.oldestMillis() < LEAK_AFTER_MILLIS ? "SUSPECT" : "LEAK");
              });
    }
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void callsUnreachableChannelLeakAtOnce(Jdk jdk) {
    try (WatchedScenario scenario =
        WatchedScenario.start(DemoWays.named("DroppedChannel").on(jdk), OPTIONS)) {
      AgentReport.Leak leak =
          Await.passing(WatchedScenario.PATIENCE, () -> scenario.report().onlyLeak());
      assertThat(leak.verdict()).isEqualTo("LEAK");
      assertThat(leak.oldestMillis()).isLessThan(LEAK_AFTER_MILLIS);
      scenario.finish();
      assertThat(scenario.stderrLines()).noneMatch(line -> line.startsWith("SUSPECT  "));
    }
  }
}
