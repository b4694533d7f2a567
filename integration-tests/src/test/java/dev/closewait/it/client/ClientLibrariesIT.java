package dev.closewait.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.Await;
import dev.closewait.it.support.CauseTable;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.Jdks;
import dev.closewait.it.support.KernelTable;
import dev.closewait.it.support.WatchedScenario;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each client library in one JVM that leaks in every way, and in one that does not. */
@Execution(ExecutionMode.CONCURRENT)
class ClientLibrariesIT {
  private static final String[] QUICK = {"threshold=500ms", "interval=250ms"};
  private static final String[] CALM = {"threshold=1s", "interval=250ms"};
  private static final Duration OVER_THRESHOLD = Duration.ofMillis(1_500);

  /** A leak group as far as it must be as expected. */
  private record Found(String cause, String verdict, @Nullable String culprit) {
    static Found of(AgentReport.Leak leak) {
      return new Found(leak.cause(), leak.verdict(), leak.culprit());
    }

    static Found of(Expected expected) {
      return new Found(expected.cause(), expected.verdict(), expected.culprit());
    }
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("libraries")
  void namesTheCallOfEachLeak(ClientLibrary library, Jdk jdk) {
    try (StubServer server = library.startServer();
        WatchedScenario scenario = library.start(jdk, ClientProgram.LEAK, server, QUICK)) {
      server.hangUp();
      List<Found> expected = library.expected().stream().map(Found::of).toList();
      AgentReport report =
          Await.passing(WatchedScenario.PATIENCE, () -> assertFound(expected, scenario.report()));
      assertThat(report.leaks().stream().mapToInt(AgentReport.Leak::count).sum())
          .as("connections in %s", report)
          .isEqualTo(server.accepted());
      library.expected().forEach(each -> assertRemedy(each, report));

      AgentReport last = assertFound(expected, scenario.finish());
      assertThat(last.hookErrors()).isEmpty();
      assertThat(last.problems()).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("libraries")
  void findsNothingInHealthyTwin(ClientLibrary library, Jdk jdk) {
    try (StubServer server = library.startServer();
        WatchedScenario scenario = library.start(jdk, ClientProgram.WORK, server, CALM)) {
      server.hangUp();
      Await.checked(
          WatchedScenario.PATIENCE,
          () -> assertThat(scenario.kernel().count(KernelTable.CLOSE_WAIT)).isZero());
      Await.pause(OVER_THRESHOLD);
      AgentReport last = scenario.finish();
      assertThat(last.leaks()).isEmpty();
      assertThat(last.resolvedCauses()).isEmpty();
      assertThat(last.hookErrors()).isEmpty();
      assertThat(last.problems()).isEmpty();
      // Lettuce tries to connect again.
      assertThat(last.opened()).isGreaterThanOrEqualTo(server.accepted()).isPositive();
      assertThat(last.closed()).isEqualTo(last.opened());
    }
  }

  private static AgentReport assertFound(List<Found> expected, AgentReport report) {
    assertThat(report.leaks())
        .as("%s", report)
        .extracting(Found::of)
        .containsExactlyInAnyOrderElementsOf(expected);
    return report;
  }

  private static void assertRemedy(Expected expected, AgentReport report) {
    assertThat(report.leaks())
        .filteredOn(leak -> Found.of(leak).equals(Found.of(expected)))
        .singleElement()
        .satisfies(leak -> assertThat(leak.fix()).contains(expected.remedy()))
        .satisfies(leak -> CauseTable.assertFixIfListed(expected.method(), leak));
  }

  static Stream<Arguments> libraries() {
    return Jdks.all()
        .flatMap(jdk -> Stream.of(ClientLibrary.values()).map(lib -> Arguments.of(lib, jdk)));
  }
}
