package dev.closewait.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.Await;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.Jdks;
import dev.closewait.it.support.KernelTable;
import dev.closewait.it.support.WatchedScenario;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each client library as its documentation asks, while the server hangs up. */
@Execution(ExecutionMode.CONCURRENT)
class ClientLibrariesIT {
  private static final String[] CALM = {"threshold=1s", "interval=250ms"};
  private static final Duration OVER_THRESHOLD = Duration.ofMillis(1_500);

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

  static Stream<Arguments> libraries() {
    return Jdks.all()
        .flatMap(jdk -> Stream.of(ClientLibrary.values()).map(lib -> Arguments.of(lib, jdk)));
  }
}
