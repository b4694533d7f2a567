package dev.closewait.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.scenario.UndoingAgent;
import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.Await;
import dev.closewait.it.support.BuildPaths;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.SecondAgent;
import dev.closewait.it.support.WatchedScenario;
import java.nio.file.Path;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What others do to the JDK's classes: hooks survive it, or every report says that they did not.
 */
@Execution(ExecutionMode.CONCURRENT)
class HookIntegrityIT {
  private static final String[] QUICK = {"threshold=500ms", "interval=250ms"};
  private static final String UNDONE = "SocketDispatcher";
  private static final String JDKS = "dev.closewait.it.support.Jdks#all";

  @ParameterizedTest
  @MethodSource(JDKS)
  void headsReportsWithHooksThatAnotherAgentUndid(Jdk jdk) {
    Path other = SecondAgent.jar(UndoingAgent.class);
    JavaCommand both = forgottenClose(jdk).optionsAfterAgent("-javaagent:" + other);
    try (WatchedScenario scenario = WatchedScenario.start(both, QUICK)) {
      Await.checked(
          WatchedScenario.PATIENCE,
          () ->
              assertThat(scenario.report().problems())
                  .as("%s", scenario)
                  .anyMatch(problem -> problem.contains(UNDONE) && problem.contains("read")));
      AgentReport last = scenario.finish();
      assertThat(last.problems()).anyMatch(problem -> problem.contains(UNDONE));
      assertThat(firstReport(scenario)).as("%s", scenario).contains(UNDONE);
    }
  }

  /** What a person sees before the first finding, or all when there is none. */
  private static String firstReport(WatchedScenario scenario) {
    String stderr = scenario.process().stderr();
    return stderr.replaceFirst("(?ms)^(SUSPECT|LEAK)  .*", "");
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void keepsHooksWhileFlightRecorderRuns(Jdk jdk) {
    Path recording = BuildPaths.newDirectory("jfr").resolve("recording.jfr");
    JavaCommand recorded =
        forgottenClose(jdk).options("-XX:StartFlightRecording=filename=" + recording);
    try (WatchedScenario scenario = WatchedScenario.start(recorded, QUICK)) {
      AgentReport.Leak leak = scenario.awaitOnlyLeak("EOF_READ_NOT_CLOSED");
      assertThat(leak.culprit()).isEqualTo(DemoWays.named("ForgottenClose").marked().frame());
      AgentReport last = scenario.finish();
      assertThat(last.problems()).isEmpty();
      assertThat(last.onlyLeak().count()).isEqualTo(scenario.connections());
      assertThat(recording).isNotEmptyFile();
    }
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void leavesJvmToTheFirstOfTwoAgents(Jdk jdk) {
    JavaCommand twice =
        forgottenClose(jdk).optionsAfterAgent("-javaagent:" + BuildPaths.agentJar());
    try (WatchedScenario scenario = WatchedScenario.start(twice, QUICK)) {
      AgentReport.Leak leak = scenario.awaitOnlyLeak("EOF_READ_NOT_CLOSED");
      assertThat(leak.count()).isEqualTo(scenario.connections());
      scenario.finish();
      assertThat(scenario.stderrLines())
          .filteredOn(line -> line.contains("watched already"))
          .hasSize(1)
          .allMatch(line -> line.startsWith("closewait: off: "));
      assertThat(scenario.stderrLines())
          .filteredOn(line -> line.startsWith("SUSPECT  ") && line.contains(", oldest "))
          .as("in full once: %s", scenario)
          .hasSize(1);
    }
  }

  private static JavaCommand forgottenClose(Jdk jdk) {
    return DemoWays.named("ForgottenClose").on(jdk);
  }
}
