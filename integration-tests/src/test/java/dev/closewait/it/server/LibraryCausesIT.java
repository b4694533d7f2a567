package dev.closewait.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.Await;
import dev.closewait.it.support.BuildPaths;
import dev.closewait.it.support.CauseTable;
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
 * Causes that depend on how a library serves its connections: cause, line, count and fix.
 *
 * <p>Where a pool of workers is busy, unread data is a matter of servers that take a connection
 * away from their selector while it waits for a worker, as the JDK's HTTP server does; Tomcat,
 * Jetty and XNIO leave it registered without read interest ({@code READ_INTEREST_OFF}, in their own
 * tests).
 */
@Execution(ExecutionMode.CONCURRENT)
class LibraryCausesIT {
  private static final Duration OVER_THRESHOLD = Duration.ofMillis(2_200);

  /** One program comes with its last connection 12 seconds later. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  static Stream<Arguments> programs() {
    return Jdks.all()
        .flatMap(
            jdk ->
                LibraryCauses.ALL.entrySet().stream()
                    .map(entry -> Arguments.of(entry.getKey(), entry.getValue(), jdk)));
  }

  @ParameterizedTest(name = "{0} on {2}")
  @MethodSource("programs")
  void namesTheMarkedLine(Class<?> program, String cause, Jdk jdk) {
    try (WatchedScenario scenario =
        WatchedScenario.start(command(jdk).main(program), "threshold=500ms", "interval=250ms")) {
      AgentReport.Leak leak =
          Await.passing(
              PATIENCE,
              () -> {
                AgentReport.Leak now = scenario.report().onlyLeak();
                assertThat(now.count()).as("%s", now).isEqualTo(scenario.connections());
                assertThat(now.cause()).as("%s", now).isEqualTo(cause);
                return now;
              });
      assertThat(leak.culprit()).isEqualTo(MarkedLine.of(program.getName()).frame());
      if (!isClosedByTheCollector(program)) {
        assertThat(leak.count())
            .isEqualTo(GroundTruth.count(cause, scenario.kernel(), scenario.port()));
      }
      CauseTable.assertFix(program.getSimpleName(), leak);
      assertThat(scenario.finish().onlyLeak().cause()).isEqualTo(cause);
    }
  }

  @ParameterizedTest(name = "{0} on {2}")
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

  /** Its sockets have a cleaner: the kernel shows none. */
  private static boolean isClosedByTheCollector(Class<?> program) {
    return "UNREACHABLE".equals(LibraryCauses.ALL.get(program));
  }

  private static JavaCommand command(Jdk jdk) {
    return JavaCommand.on(jdk).classPath(BuildPaths.classPathWithLibraries());
  }
}
