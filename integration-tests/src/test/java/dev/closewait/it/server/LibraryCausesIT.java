package dev.closewait.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.Await;
import dev.closewait.it.support.BuildPaths;
import dev.closewait.it.support.GroundTruth;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.Jdks;
import dev.closewait.it.support.MarkedLine;
import dev.closewait.it.support.WatchedScenario;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Causes that depend on how a library serves its connections.
 *
 * <p>Where a pool of workers is busy, unread data is a matter of servers that take a connection
 * away from their selector while it waits for a worker, as the JDK's HTTP server does; Tomcat,
 * Jetty and XNIO leave it registered without read interest ({@code READ_INTEREST_OFF}, in their own
 * tests).
 */
@Execution(ExecutionMode.CONCURRENT)
class LibraryCausesIT {
  private static final Duration OVER_THRESHOLD = Duration.ofMillis(2_200);

  static Stream<Arguments> programs() {
    return Jdks.all()
        .flatMap(
            jdk ->
                Stream.of(
                    Arguments.of(JdkBusyPool.class, "UNREAD_DATA", jdk),
                    Arguments.of(XnioGoodbye.class, "HALF_CLOSED", jdk)));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void namesTheMarkedLine(Class<?> program, String cause, Jdk jdk) {
    try (WatchedScenario scenario =
        WatchedScenario.start(command(jdk).main(program), "threshold=500ms", "interval=250ms")) {
      AgentReport.Leak leak = scenario.awaitOnlyLeak(cause);
      assertThat(leak.culprit()).isEqualTo(MarkedLine.of(program.getName()).frame());
      assertThat(leak.count())
          .isEqualTo(GroundTruth.count(cause, scenario.kernel(), scenario.port()));
      assertThat(scenario.finish().onlyLeak().cause()).isEqualTo(cause);
    }
  }

  @ParameterizedTest
  @MethodSource("programs")
  void findsNothingInFixedTwin(Class<?> program, String cause, Jdk jdk) {
    try (WatchedScenario scenario =
        WatchedScenario.start(
            command(jdk).main(program, "fixed"), "threshold=1s", "interval=250ms")) {
      Await.pause(OVER_THRESHOLD);
      AgentReport last = scenario.finish();
      assertThat(last.leaks()).as("no %s", cause).isEmpty();
      assertThat(last.resolvedCauses()).isEmpty();
      assertThat(last.hookErrors()).isEmpty();
    }
  }

  private static JavaCommand command(Jdk jdk) {
    return JavaCommand.on(jdk).classPath(BuildPaths.classPathWithLibraries());
  }
}
