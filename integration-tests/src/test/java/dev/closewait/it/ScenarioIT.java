package dev.closewait.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.Await;
import dev.closewait.it.support.CauseTable;
import dev.closewait.it.support.GroundTruth;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.KernelTable;
import dev.closewait.it.support.WatchedScenario;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way of the demo: one finding at the marked line, and none for the fixed twin. */
@Execution(ExecutionMode.CONCURRENT)
class ScenarioIT {
  private static final String[] QUICK = {"threshold=500ms", "interval=250ms"};
  private static final String CURE = "No kernel setting cures a missing close.";

  /** Long enough for a healthy twin on a busy machine; still more than one threshold is waited. */
  private static final String[] CALM = {"threshold=1s", "interval=250ms"};

  private static final Duration OVER_THRESHOLD = Duration.ofMillis(2_200);

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("ways")
  void namesTheMarkedLine(DemoWays.Way way, Jdk jdk) {
    try (WatchedScenario scenario = WatchedScenario.start(way.on(jdk), QUICK)) {
      AgentReport.Leak leak = scenario.awaitOnlyLeak(way.cause());
      assertThat(leak.culprit()).as("culprit in %s", leak).isEqualTo(way.marked().frame());
      assertThat(leak.count())
          .as("connections reported, and those in %s", scenario.kernel())
          .isEqualTo(GroundTruth.count(way.cause(), scenario.kernel(), scenario.port()));
      CauseTable.assertFixIfListed(way.name(), leak);

      Await.checked(
          WatchedScenario.PATIENCE,
          () -> assertThat(scenario.stderrLines()).as("%s", scenario).contains(CURE));
      AgentReport.Leak last = scenario.finish().onlyLeak();
      assertThat(last.verdict()).as("verdict in %s", last).isEqualTo("LEAK");
      assertThat(last.fingerprint()).isEqualTo(leak.fingerprint());
      assertThat(last.culprit()).isEqualTo(way.marked().frame());
      assertThat(scenario.process().stderr())
          .containsOnlyOnce(
              "\nLEAK  " + last.fingerprint().substring(0, 6) + "  " + way.cause() + "   ")
          .contains(way.marked().frame());
    }
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("ways")
  void findsNothingInFixedTwin(DemoWays.Way way, Jdk jdk) {
    try (WatchedScenario scenario = WatchedScenario.start(way.on(jdk, "--fixed"), CALM)) {
      Await.checked(
          WatchedScenario.PATIENCE,
          () -> {
            KernelTable kernel = scenario.kernel();
            assertThat(kernel.count(KernelTable.CLOSE_WAIT)).isZero();
            assertThat(kernel.deadDescriptors()).isZero();
          });

      Await.pause(OVER_THRESHOLD);
      AgentReport last = scenario.finish();
      assertThat(last.leaks()).isEmpty();
      assertThat(last.resolvedCauses()).isEmpty();
      assertThat(last.hookErrors()).isEmpty();
      assertThat(last.problems()).isEmpty();
      // Both ends of each are in the demo's process.
      int visits = scenario.visits();
      assertThat(visits).isGreaterThanOrEqualTo(scenario.connections());
      assertThat(last.opened()).isEqualTo(2L * visits);
      assertThat(last.closed()).isEqualTo(2L * visits);
      assertThat(scenario.stderrLines())
          .containsExactly(
              "closewait: no leaks; %1$d connections opened, %1$d closed".formatted(2 * visits));
    }
  }

  static Stream<Arguments> ways() {
    return DemoWays.onEachJdk();
  }
}
