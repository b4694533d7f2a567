package dev.closewait.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.scenario.HalfCloseProtocol;
import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.WatchedScenario;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A connection whose peer has ended one direction is healthy as long as it is written to. */
@Execution(ExecutionMode.CONCURRENT)
class HalfCloseIT {
  private static final String JDKS = "dev.closewait.it.support.Jdks#all";

  /** Nine seconds: more than six thresholds. */
  @ParameterizedTest
  @MethodSource(JDKS)
  void isSilentWhileTheAnswerGoesOnForLonger(Jdk jdk) {
    JavaCommand steady = JavaCommand.on(jdk).main(HalfCloseProtocol.class, "60", "150");
    try (WatchedScenario scenario =
        WatchedScenario.start(steady, "threshold=1500ms", "interval=250ms")) {
      AgentReport last = scenario.finish();
      assertThat(last.leaks()).isEmpty();
      assertThat(last.resolvedCauses()).isEmpty();
      assertThat(scenario.stderrLines())
          .containsExactly("closewait: no leaks; 6 connections opened, 6 closed");
    }
  }

  /** Seven seconds: more than six thresholds, with pauses of three. */
  @ParameterizedTest
  @MethodSource(JDKS)
  void suspectsNoMoreWhereTheAnswerTrickles(Jdk jdk) {
    JavaCommand trickling = JavaCommand.on(jdk).main(HalfCloseProtocol.class, "5", "1500");
    try (WatchedScenario scenario =
        WatchedScenario.start(trickling, "threshold=500ms", "interval=100ms")) {
      AgentReport last = scenario.finish();
      assertThat(last.leaks()).isEmpty();
      assertThat(last.resolvedCauses()).hasSize(1);
      assertThat(scenario.stderrLines())
          .as("%s", scenario)
          .anyMatch(line -> line.startsWith("SUSPECT  "))
          .noneMatch(line -> line.startsWith("LEAK  "))
          .filteredOn(line -> line.startsWith("closewait: resolved"))
          .singleElement()
          .asString()
          .contains("3 connections closed");
    }
  }
}
