package dev.closewait.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.scenario.AcceptorAsleep;
import dev.closewait.it.scenario.AcceptorEnded;
import dev.closewait.it.scenario.AcceptorInLock;
import dev.closewait.it.scenario.BlockedSelectorLoop;
import dev.closewait.it.scenario.LockDeadlock;
import dev.closewait.it.scenario.LockOfSleeper;
import dev.closewait.it.scenario.MonitorDeadlock;
import dev.closewait.it.scenario.MonitorOfSleeper;
import dev.closewait.it.scenario.SpinningWorker;
import dev.closewait.it.scenario.VirtualWorkersInLock;
import dev.closewait.it.scenario.WaitsForBackend;
import dev.closewait.it.scenario.WaitsForNobody;
import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.Await;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.Jdks;
import dev.closewait.it.support.KernelTable;
import dev.closewait.it.support.MarkedLine;
import dev.closewait.it.support.WatchedScenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Threads that do not come to close, or to accept: what they wait for, and who holds that. */
@Execution(ExecutionMode.CONCURRENT)
class ThreadsIT {
  private static final String[] QUICK = {"threshold=500ms", "interval=250ms"};
  private static final String[] CALM = {"threshold=1s", "interval=250ms"};
  private static final Duration OVER_THRESHOLD = Duration.ofMillis(2_200);
  private static final String STUCK = "THREAD_STUCK";
  private static final String UNACCEPTED = "NEVER_ACCEPTED";

  /** The first release with virtual threads (JEP 444). */
  private static final int VIRTUAL_THREADS = 21;

  /**
   * One scenario.
   *
   * @param told what reason, fix and evidence must say between them
   * @param since the first release that it runs on
   */
  private record Scene(
      Class<?> program, List<String> arguments, String cause, List<String> told, int since) {
    static Scene of(Class<?> program, String cause, String... told) {
      return new Scene(program, List.of(), cause, List.of(told), 0);
    }

    Scene with(String... changed) {
      return new Scene(program, List.of(changed), cause, told, since);
    }

    Scene from(int feature) {
      return new Scene(program, arguments, cause, told, feature);
    }

    JavaCommand on(Jdk jdk, String... added) {
      List<String> all = new ArrayList<>(arguments);
      all.addAll(List.of(added));
      return JavaCommand.on(jdk).main(program, all.toArray(String[]::new));
    }

    @Override
    public String toString() {
      return program.getSimpleName() + (arguments.isEmpty() ? "" : " " + arguments);
    }
  }

  static Stream<Arguments> scenes() {
    List<Scene> all =
        List.of(
            Scene.of(
                MonitorOfSleeper.class,
                STUCK,
                "java.util.ArrayList@",
                "journal-export must release",
                "journal-export sleeps"),
            Scene.of(
                LockOfSleeper.class,
                STUCK,
                "ReentrantLock$NonfairSync@",
                "journal-export must release",
                "journal-export sleeps"),
            Scene.of(WaitsForBackend.class, STUCK, "data from another connection", "setSoTimeout"),
            Scene.of(WaitsForNobody.class, STUCK, "ConditionObject@").with("queue"),
            Scene.of(WaitsForNobody.class, STUCK, "CompletableFuture$Signaller@").with("future"),
            Scene.of(WaitsForNobody.class, STUCK, "waits for java.lang.Thread@").with("thread"),
            Scene.of(SpinningWorker.class, STUCK, "% of a core"),
            Scene.of(VirtualWorkersInLock.class, STUCK, "journal-export must release")
                .from(VIRTUAL_THREADS),
            Scene.of(BlockedSelectorLoop.class, STUCK, "nio-loop", "CountDownLatch$Sync@"),
            Scene.of(AcceptorInLock.class, UNACCEPTED, "StringBuffer@", "audit-flush sleeps"),
            Scene.of(AcceptorAsleep.class, UNACCEPTED, "acceptor-1, sleeps"),
            Scene.of(
                    AcceptorEnded.class,
                    UNACCEPTED,
                    "acceptor-1 was ended by java.lang.IllegalStateException: no table for")
                .with("exception"),
            Scene.of(AcceptorEnded.class, UNACCEPTED, "a reason that is not known")
                .with("silently"));
    return onEachJdk(all.stream());
  }

  static Stream<Arguments> deadlocks() {
    return onEachJdk(
        Stream.of(
            Scene.of(
                MonitorDeadlock.class,
                STUCK,
                "java.lang.StringBuilder@",
                "java.lang.StringBuffer@"),
            Scene.of(LockDeadlock.class, STUCK, "ReentrantLock$NonfairSync@")));
  }

  private static Stream<Arguments> onEachJdk(Stream<Scene> scenes) {
    return scenes.flatMap(
        scene ->
            Jdks.all()
                .filter(jdk -> jdk.feature() >= scene.since())
                .map(jdk -> Arguments.of(scene, jdk)));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("scenes")
  void namesWhereTheThreadStandsAndWhy(Scene scene, Jdk jdk) {
    try (WatchedScenario scenario = WatchedScenario.start(scene.on(jdk), QUICK)) {
      AgentReport.Leak leak = awaitLeak(scenario, scene);
      assertThat(leak.count())
          .as("connections reported, and those in %s", scenario.kernel())
          .isEqualTo(
              scene.cause().equals(UNACCEPTED)
                  ? scenario.kernel().closeWaitInAcceptQueue(scenario.port())
                  : scenario.kernel().count(KernelTable.CLOSE_WAIT));
      AgentReport last = scenario.finish();
      assertThat(last.onlyLeak().fingerprint()).isEqualTo(leak.fingerprint());
      assertThat(last.hookErrors()).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("deadlocks")
  void callsDeadlockLeakAtOnceAndNamesBothThreads(Scene scene, Jdk jdk) {
    String[] slow = {"threshold=2s", "interval=250ms"};
    try (WatchedScenario scenario = WatchedScenario.start(scene.on(jdk), slow)) {
      AgentReport.Leak leak = awaitLeak(scenario, scene);
      assertThat(leak.verdict()).as("%s", leak).isEqualTo("LEAK");
      assertThat(leak.oldestMillis()).as("%s", leak).isLessThan(6 * 2_000);
      String line = MarkedLine.of(scene.program().getName()).frame();
      assertThat(leak.fix()).contains("worker-1 waits for ", "worker-2 waits for ", " at " + line);
      assertThat(leak.threads())
          .hasSize(2)
          .allSatisfy(thread -> assertThat(thread.get("deadlocked").asBoolean()).isTrue())
          .allSatisfy(thread -> assertThat(thread.path("waitsFor").asString()).contains("@"))
          .extracting(thread -> thread.get("heldBy").asString())
          .containsExactlyInAnyOrder("worker-1", "worker-2");
      scenario.finish();
      assertThat(scenario.process().stderr()).contains("  deadlock  worker-");
    }
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource({"scenes", "deadlocks"})
  void findsNothingInFixedTwin(Scene scene, Jdk jdk) {
    try (WatchedScenario scenario = WatchedScenario.start(scene.on(jdk, "fixed"), CALM)) {
      Await.checked(
          WatchedScenario.PATIENCE,
          () -> assertThat(scenario.kernel().count(KernelTable.CLOSE_WAIT)).isZero());
      Await.pause(OVER_THRESHOLD);
      AgentReport last = scenario.finish();
      assertThat(last.leaks()).isEmpty();
      assertThat(last.resolvedCauses()).isEmpty();
      assertThat(last.hookErrors()).isEmpty();
    }
  }

  private static AgentReport.Leak awaitLeak(WatchedScenario scenario, Scene scene) {
    String marked = MarkedLine.of(scene.program().getName()).frame();
    return Await.passing(
        WatchedScenario.PATIENCE,
        () -> {
          AgentReport.Leak leak = scenario.report().onlyLeak();
          assertThat(leak.count()).as("%s", leak).isEqualTo(scenario.connections());
          assertThat(leak.cause()).as("%s", leak).isEqualTo(scene.cause());
          assertThat(leak.culprit()).as("%s", leak).isEqualTo(marked);
          assertThat(leak.reason() + leak.fix() + leak.evidence())
              .as("%s", leak)
              .contains(scene.told());
          return leak;
        });
  }
}
