package dev.closewait.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.scenario.AsynchronousReader;
import dev.closewait.it.scenario.AsynchronousServer;
import dev.closewait.it.scenario.BlockingChannelAdaptor;
import dev.closewait.it.scenario.BusyWorker;
import dev.closewait.it.scenario.CloseWithoutSelect;
import dev.closewait.it.scenario.DroppedSocket;
import dev.closewait.it.scenario.FailedConnect;
import dev.closewait.it.scenario.HttpPool;
import dev.closewait.it.scenario.ShutdownInput;
import dev.closewait.it.scenario.TlsServer;
import dev.closewait.it.scenario.VirtualThreads;
import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.Await;
import dev.closewait.it.support.CauseTable;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.Jdks;
import dev.closewait.it.support.KernelTable;
import dev.closewait.it.support.MarkedLine;
import dev.closewait.it.support.TlsKeyStore;
import dev.closewait.it.support.WatchedScenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of socket and channel of the JDK, leaking and not. */
@Execution(ExecutionMode.CONCURRENT)
class PlainJdkIT {
  private static final String[] QUICK = {"threshold=500ms", "interval=250ms"};
  private static final String[] CALM = {"threshold=1s", "interval=250ms"};
  private static final Duration OVER_THRESHOLD = Duration.ofMillis(2_200);
  private static final String TLS = "TlsServer";
  private static final String IDLE = "POOLED_IDLE";

  /** The first release with virtual threads (JEP 444). */
  private static final int VIRTUAL_THREADS = 21;

  /** What the kernel shows of a leak. */
  private enum Shown {
    CLOSE_WAIT,
    DEAD_DESCRIPTOR,
    NOTHING
  }

  /**
   * One scenario.
   *
   * @param since the first release that it runs on
   */
  private record Plain(
      Class<?> program, List<String> arguments, String cause, Shown shown, int since) {
    static Plain of(Class<?> program, String cause, Shown shown, String... arguments) {
      return new Plain(program, List.of(arguments), cause, shown, 0);
    }

    JavaCommand on(Jdk jdk, String... added) {
      List<String> all = new ArrayList<>(arguments);
      all.addAll(List.of(added));
      JavaCommand command = JavaCommand.on(jdk).main(program, all.toArray(String[]::new));
      return program.getSimpleName().equals(TLS)
          ? command.options(TlsKeyStore.INSTANCE.options())
          : command;
    }

    int shownBy(KernelTable kernel) {
      return switch (shown) {
        case CLOSE_WAIT -> kernel.count(KernelTable.CLOSE_WAIT);
        case DEAD_DESCRIPTOR -> kernel.deadDescriptors();
        case NOTHING -> 0;
      };
    }

    @Override
    public String toString() {
      return program.getSimpleName() + (arguments.isEmpty() ? "" : " " + arguments);
    }
  }

  private static final List<Plain> LEAKS =
      List.of(
          Plain.of(AsynchronousServer.class, "EOF_READ_NOT_CLOSED", Shown.CLOSE_WAIT),
          Plain.of(BlockingChannelAdaptor.class, "EOF_READ_NOT_CLOSED", Shown.CLOSE_WAIT),
          new Plain(
              VirtualThreads.class,
              List.of(),
              "EOF_READ_NOT_CLOSED",
              Shown.CLOSE_WAIT,
              VIRTUAL_THREADS),
          Plain.of(BusyWorker.class, "UNREAD_DATA", Shown.CLOSE_WAIT),
          Plain.of(ShutdownInput.class, "HALF_CLOSED", Shown.CLOSE_WAIT),
          Plain.of(TlsServer.class, "DEAD_NOT_CLOSED", Shown.DEAD_DESCRIPTOR),
          Plain.of(CloseWithoutSelect.class, "CLOSE_INEFFECTIVE", Shown.DEAD_DESCRIPTOR),
          Plain.of(CloseWithoutSelect.class, "CLOSE_INEFFECTIVE", Shown.CLOSE_WAIT, "linger"),
          Plain.of(FailedConnect.class, "DEAD_NOT_CLOSED", Shown.DEAD_DESCRIPTOR));

  static Stream<Arguments> leaks() {
    return Jdks.all()
        .flatMap(
            jdk ->
                LEAKS.stream()
                    .filter(plain -> jdk.feature() >= plain.since())
                    .map(plain -> Arguments.of(plain, jdk)));
  }

  /** The cause of each program here whose only finding is named. */
  static Map<String, String> causes() {
    Map<String, String> causes = new HashMap<>(Map.of(HttpPool.class.getSimpleName(), IDLE));
    LEAKS.forEach(plain -> causes.put(plain.program().getSimpleName(), plain.cause()));
    return causes;
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("leaks")
  void namesTheMarkedLine(Plain plain, Jdk jdk) {
    try (WatchedScenario scenario = WatchedScenario.start(plain.on(jdk), QUICK)) {
      AgentReport.Leak leak = scenario.awaitOnlyLeak(plain.cause());
      assertThat(leak.culprit())
          .as("culprit in %s", leak)
          .isEqualTo(MarkedLine.of(plain.program().getName()).frame());
      assertThat(leak.count())
          .as("connections reported, and those in %s", scenario.kernel())
          .isEqualTo(plain.shownBy(scenario.kernel()));
      CauseTable.assertFixIfListed(plain.program().getSimpleName(), leak);
      AgentReport last = scenario.finish();
      assertThat(last.onlyLeak().fingerprint()).isEqualTo(leak.fingerprint());
      assertThat(last.hookErrors()).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("leaks")
  void findsNothingInFixedTwin(Plain plain, Jdk jdk) {
    try (WatchedScenario scenario = WatchedScenario.start(plain.on(jdk, "fixed"), CALM)) {
      Await.checked(
          WatchedScenario.PATIENCE,
          () -> assertThat(scenario.kernel().count(KernelTable.CLOSE_WAIT)).isZero());
      assertThat(scenario.kernel().deadDescriptors()).isZero();
      Await.pause(OVER_THRESHOLD);
      assertNothingFound(scenario);
    }
  }

  /**
   * A known limit: no frame of the application is on the stack of a read that the JDK's threads do.
   */
  @ParameterizedTest
  @MethodSource("dev.closewait.it.support.Jdks#all")
  void blamesApplicationWhereThreadsOfTheJdkRead(Jdk jdk) {
    JavaCommand handlers = JavaCommand.on(jdk).main(AsynchronousReader.class);
    try (WatchedScenario scenario = WatchedScenario.start(handlers, QUICK)) {
      Await.checked(
          WatchedScenario.PATIENCE,
          () ->
              assertThat(scenario.report().leaks().stream().mapToInt(AgentReport.Leak::count).sum())
                  .isEqualTo(scenario.kernel().count(KernelTable.CLOSE_WAIT))
                  .isEqualTo(scenario.connections()));
      assertThat(scenario.finish().leaks())
          .allSatisfy(
              leak -> {
                assertThat(leak.cause()).isEqualTo("EOF_READ_NOT_CLOSED");
                assertThat(leak.culprit()).startsWith(AsynchronousReader.class.getName());
              });
    }
    JavaCommand fixed = JavaCommand.on(jdk).main(AsynchronousReader.class, "fixed");
    try (WatchedScenario twin = WatchedScenario.start(fixed, CALM)) {
      Await.pause(OVER_THRESHOLD);
      assertNothingFound(twin);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.closewait.it.support.Jdks#all")
  void countsSocketsThatTheCollectorHadToClose(Jdk jdk) {
    Plain dropped = Plain.of(DroppedSocket.class, "UNREACHABLE", Shown.NOTHING);
    try (WatchedScenario scenario = WatchedScenario.start(dropped.on(jdk), QUICK)) {
      AgentReport.Leak leak = scenario.awaitOnlyLeak(dropped.cause());
      assertThat(leak.culprit()).isEqualTo(MarkedLine.of(DroppedSocket.class.getName()).frame());
      assertThat(scenario.kernel().count(KernelTable.CLOSE_WAIT)).isZero();
      Await.pause(Duration.ofMillis(3_500));
      AgentReport.Leak last = scenario.finish().onlyLeak();
      assertThat(last.verdict()).as("nothing stays open").isEqualTo("SUSPECT");
      assertThat(last.count()).isEqualTo(scenario.connections());
    }
    try (WatchedScenario twin = WatchedScenario.start(dropped.on(jdk, "fixed"), CALM)) {
      Await.pause(OVER_THRESHOLD);
      assertNothingFound(twin);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.closewait.it.support.Jdks#all")
  void findsNothingInJavaNetHttp(Jdk jdk) {
    JavaCommand client = JavaCommand.on(jdk).main(HttpPool.class, "java.net.http");
    try (WatchedScenario scenario = WatchedScenario.start(client, CALM)) {
      Await.pause(OVER_THRESHOLD);
      assertNothingFound(scenario);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.closewait.it.support.Jdks#all")
  void suspectsIdleHttpUrlConnectionUntilItIsClosed(Jdk jdk) {
    JavaCommand client = JavaCommand.on(jdk).main(HttpPool.class, "HttpURLConnection");
    try (WatchedScenario scenario = WatchedScenario.start(client, QUICK)) {
      AgentReport.Leak idle =
          Await.passing(WatchedScenario.PATIENCE, () -> scenario.report().onlyLeak());
      assertThat(idle.cause()).as("cause in %s", idle).isEqualTo(IDLE);
      assertThat(idle.verdict()).isEqualTo("SUSPECT");
      CauseTable.assertFix(HttpPool.class.getSimpleName(), idle);
      assertThat(idle.culprit()).isEqualTo(MarkedLine.of(HttpPool.class.getName()).frame());
      assertThat(scenario.kernel().count(KernelTable.CLOSE_WAIT)).isEqualTo(idle.count());

      Await.checked(
          WatchedScenario.PATIENCE,
          () -> assertThat(scenario.report().leaks()).as("%s", scenario).isEmpty());
      AgentReport last = scenario.finish();
      assertThat(last.leaks()).isEmpty();
      assertThat(last.resolvedCauses()).containsExactly(IDLE);
      assertThat(scenario.process().stderr())
          .containsPattern(
              "\nclosewait: resolved [0-9a-f]{6} POOLED_IDLE: 1 connection closed, after")
          .doesNotContain("LEAK ");
    }
  }

  private static void assertNothingFound(WatchedScenario scenario) {
    AgentReport last = scenario.finish();
    assertThat(last.leaks()).isEmpty();
    assertThat(last.resolvedCauses()).isEmpty();
    assertThat(last.hookErrors()).isEmpty();
    assertThat(last.opened()).isGreaterThanOrEqualTo(last.closed()).isPositive();
    assertThat(scenario.stderrLines())
        .containsExactly(
            "closewait: no leaks; %d connections opened, %d closed"
                .formatted(last.opened(), last.closed()));
  }
}
