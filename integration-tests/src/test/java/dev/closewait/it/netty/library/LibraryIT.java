package dev.closewait.it.netty.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.AgentReport.Leak;
import dev.closewait.it.support.Await;
import dev.closewait.it.support.BuildPaths;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.Jdks;
import dev.closewait.it.support.KernelTable;
import dev.closewait.it.support.MarkedLine;
import dev.closewait.it.support.WatchedScenario;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One leak of each library that is built on Netty, and its healthy load. */
@Execution(ExecutionMode.CONCURRENT)
class LibraryIT {
  private static final Duration SIX_THRESHOLDS = Duration.ofSeconds(7);

  /** One program and what the agent reports of it. */
  record Program(Class<?> main, String cause, String transport, String state) {
    Program(Class<?> main, String cause, String transport) {
      this(main, cause, transport, KernelTable.CLOSE_WAIT);
    }

    /** While a connection is open, the program has its other end and healthy ones as well. */
    long stuck(WatchedScenario scenario) {
      return scenario.kernel().owned().stream()
          .filter(row -> row.state().equals(state))
          .filter(
              row -> state.equals(KernelTable.CLOSE_WAIT) || row.remotePort() == scenario.port())
          .count();
    }

    @Override
    public String toString() {
      return main.getSimpleName();
    }
  }

  private static final List<Program> PROGRAMS =
      List.of(
          new Program(GrpcBlockedService.class, "THREAD_STUCK", "NETTY_EPOLL"),
          new Program(ReactorUnreadConnection.class, "READ_INTEREST_OFF", "NETTY_NIO"),
          new Program(ReactorUnreadResponse.class, "BODY_NOT_CONSUMED", "NETTY_NIO", "ESTABLISHED"),
          new Program(VertxPausedSocket.class, "READ_INTEREST_OFF", "NETTY_NIO"),
          new Program(VertxBlockedLoop.class, "THREAD_STUCK", "NETTY_NIO"),
          new Program(AhcBlockedCallback.class, "THREAD_STUCK", "NETTY_EPOLL"));

  static Stream<Arguments> programs() {
    return Jdks.all().flatMap(jdk -> PROGRAMS.stream().map(program -> Arguments.of(program, jdk)));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("programs")
  void explainsTheLeak(Program program, Jdk jdk) {
    try (WatchedScenario scenario = start(program, jdk, "leak")) {
      Leak leak = scenario.awaitOnlyLeak(program.cause());
      assertThat(leak.culprit())
          .as("%s", leak)
          .isEqualTo(MarkedLine.of(program.main().getName()).frame());
      assertThat(leak.count()).isEqualTo(program.stuck(scenario));
      assertThat(leak.connections())
          .extracting(AgentReport.Connection::transport)
          .containsOnly(program.transport());
    }
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("programs")
  void findsNothingUnderHealthyLoad(Program program, Jdk jdk) {
    try (WatchedScenario scenario = start(program, jdk, "fixed")) {
      Await.checked(
          WatchedScenario.PATIENCE,
          () -> assertThat(scenario.kernel().count(KernelTable.CLOSE_WAIT)).isZero());
      Await.pause(SIX_THRESHOLDS);
      AgentReport last = scenario.finish();
      assertThat(last.leaks()).isEmpty();
      assertThat(last.hookErrors()).isEmpty();
      assertThat(last.problems()).isEmpty();
      assertThat(scenario.process().stderr()).doesNotContain("LEAK  ");
    }
  }

  private static WatchedScenario start(Program program, Jdk jdk, String twin) {
    return WatchedScenario.start(
        JavaCommand.on(jdk)
            .classPath(BuildPaths.classPathWithLibraries())
            .main(program.main(), twin),
        "threshold=1s",
        "interval=250ms");
  }
}
