package dev.closewait.it.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.AgentReport.Leak;
import dev.closewait.it.support.Await;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.KernelTable;
import dev.closewait.it.support.MarkedLine;
import dev.closewait.it.support.WatchedScenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Ways to leak a Netty channel that need a JVM of their own. */
@Execution(ExecutionMode.CONCURRENT)
class NettyAloneIT {
  private static final int DESCRIPTORS = 256;
  private static final Duration SIX_THRESHOLDS = Duration.ofSeconds(7);

  /** The agent needs no descriptor to say so, and sees that it is over. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.closewait.it.netty.NettyRun#all")
  void saysThatAcceptorHasNoDescriptorsAndThatItRecovers(NettyRun run) {
    try (WatchedScenario scenario = exhausted(run, "logged", "leak")) {
      Leak leak = scenario.awaitOnlyLeak("NEVER_ACCEPTED");
      assertThat(leak.culprit()).isEqualTo(culprit(AcceptorExhausted.class));
      assertThat(leak.reason()).contains("the process has no descriptor left");
      assertThat(leak.count()).isEqualTo(scenario.kernel().closeWaitInAcceptQueue(scenario.port()));
      assertThat(openDescriptors(scenario.process().pid())).isEqualTo(DESCRIPTORS);
      AgentReport last = finish(scenario);
      assertThat(last.leaks()).isEmpty();
      assertThat(last.resolvedCauses()).contains("NEVER_ACCEPTED");
    }
  }

  /** What ends the event loop is that the logging of the JDK cannot open its files either. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.closewait.it.netty.NettyRun#all")
  void saysThatTheEventLoopHasEndedForWantOfDescriptors(NettyRun run) {
    try (WatchedScenario scenario = exhausted(run, "silent", "leak")) {
      Leak leak = scenario.awaitOnlyLeak("NEVER_ACCEPTED");
      assertThat(leak.culprit()).isEqualTo(culprit(AcceptorExhausted.class));
      assertThat(leak.reason()).contains("The event loop that accepts has ended");
      assertThat(leak.evidence()).contains("THREAD the event loop is terminated");
      AgentReport last = finish(scenario);
      assertThat(last.onlyLeak().count()).isEqualTo(scenario.connections());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.closewait.it.netty.NettyRun#all")
  void findsNothingWhereThereAreDescriptors(NettyRun run) {
    try (WatchedScenario scenario = exhausted(run, "logged", "fixed")) {
      assertHealthy(scenario);
    }
  }

  /** The interval is long enough that no scan has seen the channels. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.closewait.it.netty.NettyRun#all")
  void explainsChannelsThatWereCollectedBeforeTheFirstScan(NettyRun run) {
    try (WatchedScenario scenario =
        start(command(run).main(CollectedChild.class, run.transport().name(), "leak"), "2s")) {
      Leak leak = scenario.awaitOnlyLeak("UNREACHABLE");
      assertThat(leak.culprit()).isEqualTo(culprit(CollectedChild.class));
      assertThat(leak.verdict()).isEqualTo("LEAK");
      assertThat(leak.count()).isEqualTo(scenario.kernel().count(KernelTable.CLOSE_WAIT));
      assertThat(leak.connections())
          .extracting(AgentReport.Connection::transport, AgentReport.Connection::direction)
          .containsOnly(Tuple.tuple("NETTY_" + run.transport(), "ACCEPTED"));
      assertThat(finish(scenario).onlyLeak().count()).isEqualTo(leak.count());
    }
  }

  /** Closed without a word to the close future, and collected: nothing is left. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.closewait.it.netty.NettyRun#all")
  void findsNothingInChannelsThatWereClosedAndCollected(NettyRun run) {
    try (WatchedScenario scenario =
        start(command(run).main(CollectedChild.class, run.transport().name(), "fixed"), "250ms")) {
      assertHealthy(scenario);
    }
  }

  static Stream<Arguments> neverRegistered() {
    return NettyRun.all()
        .flatMap(
            run ->
                Stream.of(
                    Arguments.of(BlockedLoop.class, run), Arguments.of(StarvedLoop.class, run)));
  }

  /** Netty's issue 13463. */
  @ParameterizedTest(name = "{0} over {1}")
  @MethodSource("neverRegistered")
  void saysInOneLineThatOnlyTheInitializerIsInThePipeline(Class<?> mode, NettyRun run) {
    JavaCommand command =
        command(run).main(NettyModes.class, run.transport().name(), "leak", mode.getSimpleName());
    try (WatchedScenario scenario = start(command, "250ms")) {
      Leak leak = scenario.awaitOnlyLeak("ACCEPTED_NEVER_READ");
      assertThat(leak.culprit()).isEqualTo(culprit(mode));
      Await.checked(
          WatchedScenario.PATIENCE,
          () ->
              assertThat(scenario.stderrLines())
                  .anyMatch(
                      line ->
                          line.endsWith(
                              "accepted and connected, registered=false, only the initializer in the"
                                  + " pipeline"))
                  .anyMatch(
                      line ->
                          line.matches(
                              "  pipeline  "
                                  + mode.getSimpleName()
                                  + "\\$1#0, tail +registered no, active yes, autoRead on")));
    }
  }

  private static int openDescriptors(long pid) {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return (int) descriptors.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static WatchedScenario exhausted(NettyRun run, String logging, String twin) {
    return start(
        command(run)
            .descriptorLimit(DESCRIPTORS)
            .main(AcceptorExhausted.class, run.transport().name(), logging, twin),
        "250ms");
  }

  private static JavaCommand command(NettyRun run) {
    return JavaCommand.on(run.jdk()).classPath(run.classPath());
  }

  private static WatchedScenario start(JavaCommand command, String interval) {
    return WatchedScenario.start(command, "threshold=1s", "interval=" + interval);
  }

  private static void assertHealthy(WatchedScenario scenario) {
    Await.checked(
        WatchedScenario.PATIENCE,
        () -> assertThat(scenario.kernel().count(KernelTable.CLOSE_WAIT)).isZero());
    Await.pause(SIX_THRESHOLDS);
    AgentReport last = finish(scenario);
    assertThat(last.leaks()).isEmpty();
    assertThat(scenario.process().stderr()).doesNotContain("LEAK  ");
  }

  private static AgentReport finish(WatchedScenario scenario) {
    AgentReport last = scenario.finish();
    assertThat(last.hookErrors()).isEmpty();
    assertThat(last.problems()).isEmpty();
    return last;
  }

  private static String culprit(Class<?> scenario) {
    return MarkedLine.of(scenario.getName()).frame();
  }
}
