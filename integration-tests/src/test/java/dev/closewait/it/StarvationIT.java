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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Late is not missing.
 *
 * <p>A scenario is late until it is told to go on, which is after the agent has noticed: on a busy
 * machine nobody knows when that is. {@code -Dclosewait.starvation.seconds=60} is the full minute.
 */
@Execution(ExecutionMode.CONCURRENT)
class StarvationIT {
  private static final String JDKS = "dev.closewait.it.support.Jdks#all";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  /** Six thresholds are over long before the load ends. */
  private static final Duration LOAD =
      Duration.ofSeconds(Integer.getInteger("closewait.starvation.seconds", 10));

  @ParameterizedTest
  @MethodSource(JDKS)
  void suspectsAtMostWhereMoreThreadsComputeThanThereAreCores(Jdk jdk) {
    JavaCommand busy = JavaCommand.on(jdk).main(BusyWorkers.class);
    neverLeaks(busy, LOAD, "threshold=500ms", "interval=250ms");
  }

  /** They close as soon as they are suspected, with five thresholds left for a busy machine. */
  @ParameterizedTest
  @MethodSource(JDKS)
  void suspectsAtMostWhatIsLateAndClosesWithinSixThresholds(Jdk jdk) {
    JavaCommand slow = JavaCommand.on(jdk).main(SlowWorkers.class);
    neverLeaks(slow, Duration.ZERO, "threshold=3s", "interval=250ms");
  }

  private static void neverLeaks(JavaCommand command, Duration late, String... options) {
    try (WatchedScenario scenario = WatchedScenario.start(command, options)) {
      List<AgentReport.Leak> seen = new ArrayList<>();
      Await.checked(
          PATIENCE, () -> assertThat(scenario.report().leaks()).as("%s", scenario).isNotEmpty());
      long end = System.nanoTime() + late.toNanos();
      do {
        seen.addAll(scenario.report().leaks());
        Await.pause(BETWEEN_LOOKS);
      } while (System.nanoTime() - end < 0);
      scenario.process().say("enough");
      Await.checked(
          PATIENCE,
          () -> {
            AgentReport report = scenario.report();
            seen.addAll(report.leaks());
            assertThat(report.leaks()).as("%s", report).isEmpty();
            assertThat(report.resolvedCauses()).as("%s", report).isNotEmpty();
          });
      assertThat(seen)
          .filteredOn(leak -> !leak.verdict().equals("SUSPECT"))
          .as("of %d looks", seen.size())
          .isEmpty();
      assertThat(scenario.finish().leaks()).isEmpty();
      assertThat(scenario.stderrLines())
          .noneMatch(line -> line.startsWith("LEAK  "))
          .filteredOn(line -> line.startsWith("SUSPECT  "))
          .as("suspects, each resolved")
          .isNotEmpty()
          .allSatisfy(
              line ->
                  assertThat(scenario.stderrLines())
                      .anyMatch(
                          later ->
                              later.startsWith("closewait: resolved " + line.split(" +", 3)[1])));
    }
  }
}
