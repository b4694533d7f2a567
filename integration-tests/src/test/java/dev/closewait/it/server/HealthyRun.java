package dev.closewait.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.server.RawClients.Farewell;
import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.AgentReport.Leak;
import dev.closewait.it.support.Await;
import dev.closewait.it.support.BuildPaths;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.JavaProcess;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.KernelTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What is asked of each healthy server: a load without any finding, and late answers that resolve.
 */
final class HealthyRun {
  private static final Duration LOAD_TIME = Duration.ofSeconds(90);
  private static final Duration SOON = Duration.ofSeconds(60);

  /** Longer than anybody waits for a turn on a busy machine. */
  private static final String NEVER_LATE = "5s";

  /** A late answer takes nine seconds: more than one, and less than six of them. */
  private static final String SUSPECTED_WHEN_LATE = "2s";

  private static final int ROUNDS_OF_CLOSES = 6;
  private static final int ROUNDS_OF_RESETS = 3;
  private static final int LATE_CLIENTS = 2;

  private HealthyRun() {}

  /**
   * Every client library at work, and clients that go away at any moment: nothing is late, nothing
   * is found.
   */
  static void findsNothingUnderLoad(Jdk jdk, HealthyServer.Kind kind) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.healthy(jdk, kind, NEVER_LATE)) {
      Path clientReport = BuildPaths.newDirectory("clients").resolve("clients.json");
      try (JavaProcess clients = startClients(jdk, server, clientReport)) {
        for (RawClients raw : List.of(server.plain(), server.secure())) {
          vanish(raw);
        }
        server.plain().stayUntilServerCloses(HealthySite.SMALL);
        assertThat(clients.waitForExit(LOAD_TIME)).as(clients::toString).isZero();
      }
      Await.checked(SOON, () -> assertThat(openConnections(server)).isZero());
      assertClean(server.stop());
      assertClean(AgentReport.read(clientReport));
      assertThat(server.stderr()).doesNotContain("LEAK  ", "SUSPECT  ");
    }
  }

  /**
   * Clients that hang up while the answer is late are suspects as long as it is, and never leaks.
   */
  static void resolvesLateAnswers(Jdk jdk, HealthyServer.Kind kind) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.healthy(jdk, kind, SUSPECTED_WHEN_LATE)) {
      server.askAndHangUp(LATE_CLIENTS, HealthySite.LATE, HealthySite.LATE_POLL);
      Await.checked(
          SOON,
          () ->
              assertThat(server.report().leaks().stream().mapToInt(Leak::count).sum())
                  .isEqualTo(4 * LATE_CLIENTS));
      Await.checked(SOON, () -> assertThat(openConnections(server)).isZero());
      AgentReport last = server.stop();
      assertThat(last.leaks()).isEmpty();
      assertThat(last.resolvedCauses()).isNotEmpty();
      assertThat(server.stderr()).contains("SUSPECT  ").doesNotContain("LEAK  ");
    }
  }

  private static JavaProcess startClients(Jdk jdk, ServerUnderTest server, Path report) {
    return JavaCommand.on(jdk)
        .agent("threshold=" + NEVER_LATE, "interval=200ms", "report=" + report)
        .options(server.keys().trustOptions())
        .classPath(BuildPaths.classPathWithLibraries())
        .main(
            HealthyClients.class,
            String.valueOf(server.ports().http()),
            String.valueOf(server.ports().https()))
        .start();
  }

  private static void vanish(RawClients raw) throws IOException {
    for (int i = 0; i < ROUNDS_OF_CLOSES; i++) {
      goAwayAtEachMoment(raw, Farewell.CLOSE);
    }
    for (int i = 0; i < ROUNDS_OF_RESETS; i++) {
      goAwayAtEachMoment(raw, Farewell.RESET);
    }
  }

  /** Four clients. */
  static void goAwayAtEachMoment(RawClients raw, Farewell farewell) throws IOException {
    raw.leaveAtOnce(farewell);
    raw.leaveInRequest(HealthySite.SMALL, farewell);
    raw.askAndLeave(HealthySite.SLOW, farewell);
    raw.leaveInAnswer(HealthySite.LARGE, farewell);
  }

  /** Sockets other than listening ones, connected or dead. */
  static long openConnections(ServerUnderTest server) {
    KernelTable table = KernelTable.of(server.pid());
    return table.owned().size() - table.count("LISTEN") + table.deadDescriptors();
  }

  private static void assertClean(AgentReport report) {
    assertThat(report.atExit()).isTrue();
    assertThat(report.leaks()).as(report::toString).isEmpty();
    assertThat(report.resolvedCauses()).as(report::toString).isEmpty();
    assertThat(report.problems()).isEmpty();
    assertThat(report.hookErrors()).isEmpty();
    assertThat(report.opened()).isPositive();
  }
}
