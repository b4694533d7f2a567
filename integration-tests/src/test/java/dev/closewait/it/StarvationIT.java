package dev.closewait.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.scenario.BusyWorkers;
import dev.closewait.it.scenario.SlowWorkers;
import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.Await;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.WatchedScenario;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Late is not missing. */
@Execution(ExecutionMode.CONCURRENT)
class StarvationIT {
  private static final String JDKS = "dev.closewait.it.support.Jdks#all";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Six thresholds are over long before the load ends. */
  @ParameterizedTest
  @MethodSource(JDKS)
  void suspectsAtMostWhereMoreThreadsComputeThanThereAreCores(Jdk jdk) {
    JavaCommand busy = JavaCommand.on(jdk).main(BusyWorkers.class, "10");
    neverLeaks(busy, "threshold=500ms", "interval=250ms");
  }

  /** It takes three thresholds. */
  @ParameterizedTest
  @MethodSource(JDKS)
  void suspectsAtMostWhatIsLateAndClosesWithinSixThresholds(Jdk jdk) {
    JavaCommand slow = JavaCommand.on(jdk).main(SlowWorkers.class, "3000");
    neverLeaks(slow, "threshold=1s", "interval=250ms");
  }

  private static void neverLeaks(JavaCommand command, String... options) {
    try (WatchedScenario scenario = WatchedScenario.start(command, options)) {
      List<AgentReport.Leak> seen = new CopyOnWriteArrayList<>();
      Await.checked(
          PATIENCE,
          () -> {
            AgentReport report = scenario.report();
            seen.addAll(report.leaks());
            assertThat(report.resolvedCauses()).as("%s", report).isNotEmpty();
            assertThat(report.leaks()).as("%s", report).isEmpty();
          });
      assertThat(seen).isNotEmpty();
      assertThat(seen).extracting(AgentReport.Leak::verdict).containsOnly("SUSPECT");
      assertThat(scenario.finish().leaks()).isEmpty();
      assertThat(scenario.stderrLines()).noneMatch(line -> line.startsWith("LEAK  "));
    }
  }
}
