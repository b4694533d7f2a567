package dev.closewait.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.AgentReport.Leak;
import dev.closewait.it.support.Await;
import dev.closewait.it.support.CauseTable;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.Jdks;
import dev.closewait.it.support.KernelTable;
import dev.closewait.it.support.MarkedLine;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Workers of real servers that wait for locks: who holds them, and where each thread stands. */
@Execution(ExecutionMode.CONCURRENT)
class ServerThreadsIT {
  private static final String JDKS = "dev.closewait.it.support.Jdks#all";
  private static final Duration IN_TIME = Duration.ofSeconds(60);
  private static final Duration OVER_THRESHOLD = Duration.ofMillis(2_200);
  private static final int CLIENTS = 3;

  /** Two pairs of workers: the report tells of one, and counts them all. */
  @ParameterizedTest
  @MethodSource(JDKS)
  void namesBothWorkersOfTomcatInDeadlockWithTheirLocksAndLines(Jdk jdk) throws Exception {
    String program = TomcatDeadlock.class.getName();
    List<String> lines =
        List.of(
            MarkedLine.withMark(program, "// SELL").frame(),
            MarkedLine.withMark(program, "// COUNT").frame());
    try (ServerUnderTest server = ServerUnderTest.leaking(jdk, TomcatDeadlock.class)) {
      server.askAndHangUp(1, TomcatDeadlock.SELL, TomcatDeadlock.COUNT);
      Leak leak = awaitLeak(server);
      assertThat(leak.verdict()).as("%s", leak).isEqualTo("LEAK");
      assertThat(leak.culprit()).isIn(lines);
      assertThat(leak.reason()).contains("is in a deadlock with http-nio-");
      assertThat(leak.fix())
          .startsWith("take the locks in one order in all threads: http-nio-")
          .containsPattern("http-nio-\\S+ waits for java.lang.StringBuffer@\\w+ at ")
          .containsPattern("http-nio-\\S+ waits for java.lang.StringBuilder@\\w+ at ")
          .contains(lines);
      assertThat(leak.threads())
          .hasSize(2)
          .allSatisfy(thread -> assertThat(thread.get("deadlocked").asBoolean()).isTrue())
          .allSatisfy(thread -> assertThat(thread.get("heldBy").asString()).startsWith("http-nio-"))
          .extracting(thread -> thread.get("heldBy").asString())
          .doesNotHaveDuplicates();
      assertThat(server.stop().onlyLeak().cause()).isEqualTo(LibraryCauses.STUCK);
    }
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void namesWhoHoldsTheLockThatWorkersOfJettyWaitFor(Jdk jdk) throws Exception {
    String program = JettyJournalLock.class.getName();
    try (ServerUnderTest server = ServerUnderTest.leaking(jdk, JettyJournalLock.class)) {
      server.askAndHangUp(CLIENTS, "/");
      Leak leak = awaitLeak(server);
      assertThat(leak.culprit()).isEqualTo(MarkedLine.of(program).frame());
      assertThat(leak.fix())
          .startsWith("journal-export must release java.util.concurrent.locks.ReentrantLock$")
          .contains(": it sleeps at " + MarkedLine.withMark(program, "// HOLDS").frame());
      assertThat(leak.evidence()).contains("THREAD journal-export sleeps");
      CauseTable.assertFix("JettyJournalLock", leak);
      Await.checked(
          IN_TIME, () -> assertThat(server.report().onlyLeak().verdict()).isEqualTo("LEAK"));
    }
  }

  static Stream<Arguments> twins() {
    return Jdks.all()
        .flatMap(
            jdk ->
                Stream.of(TomcatDeadlock.class, JettyJournalLock.class)
                    .map(program -> Arguments.of(program, jdk)));
  }

  @ParameterizedTest
  @MethodSource("twins")
  void findsNothingInFixedTwin(Class<?> program, Jdk jdk) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.fixed(jdk, program)) {
      server.askAndHangUp(1, TomcatDeadlock.SELL, TomcatDeadlock.COUNT);
      Await.checked(IN_TIME, () -> assertThat(HealthyRun.openConnections(server)).isZero());
      Await.pause(OVER_THRESHOLD);
      AgentReport last = server.stop();
      assertThat(last.leaks()).isEmpty();
      assertThat(last.resolvedCauses()).isEmpty();
      assertThat(last.hookErrors()).isEmpty();
    }
  }

  private static Leak awaitLeak(ServerUnderTest server) {
    return Await.passing(
        IN_TIME,
        () -> {
          Leak leak = server.report().onlyLeak();
          assertThat(leak.cause()).as("%s", leak).isEqualTo(LibraryCauses.STUCK);
          assertThat(leak.count())
              .as("%s", leak)
              .isEqualTo(server.connections())
              .isEqualTo(KernelTable.of(server.pid()).count(KernelTable.CLOSE_WAIT));
          return leak;
        });
  }
}
