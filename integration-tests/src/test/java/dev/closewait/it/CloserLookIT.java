package dev.closewait.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.leaving.LeftConstructor;
import dev.closewait.it.leaving.LeftEarly;
import dev.closewait.it.leaving.LeftInTwoPlaces;
import dev.closewait.it.leaving.LeftLambda;
import dev.closewait.it.leaving.LeftSelectorLoop;
import dev.closewait.it.leaving.LeftStaticMethod;
import dev.closewait.it.leaving.LeftVirtualThread;
import dev.closewait.it.leaving.LeftWorker;
import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.AgentReport.Leak;
import dev.closewait.it.support.Await;
import dev.closewait.it.support.CauseTable;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.Jdks;
import dev.closewait.it.support.MarkedLine;
import dev.closewait.it.support.WatchedScenario;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** After the first report, the next connection that leaks there tells how its methods were left. */
@Execution(ExecutionMode.CONCURRENT)
class CloserLookIT {
  private static final String[] QUICK = {"threshold=500ms", "interval=250ms"};
  private static final String[] CALM = {"threshold=1s", "interval=250ms"};
  private static final Duration OVER_THRESHOLD = Duration.ofMillis(2_200);
  private static final String BY_EXCEPTION = "EXCEPTION_SKIPPED_CLOSE";
  private static final String EXCEPTION = "java.lang.IllegalStateException: bad order: x";

  /** Of calls that may still be under way, and of the file in which they are counted. */
  private static final Duration SETTLED = Duration.ofMillis(200);

  private static final int HEALTHY_VISITS = 100;

  /** The first release with virtual threads (JEP 444). */
  private static final int VIRTUAL_THREADS = 21;

  /**
   * One server.
   *
   * @param first the cause as long as nobody looks closer
   * @param method that is left, as its frames name it
   */
  private record Left(Class<?> program, String first, String cause, String method, int since) {
    static Left of(Class<?> program, String first, String method) {
      return new Left(program, first, BY_EXCEPTION, method, 0);
    }

    MarkedLine marked(String mark) {
      return MarkedLine.withMark(program.getName(), mark);
    }

    /** A lambda's body is, for the JVM, no part of the method that it stands in. */
    String culprit() {
      String place = program.getName() + "." + method;
      return place + "(" + program.getSimpleName() + ".java:" + marked("// LEAK").line() + ")";
    }

    String place() {
      return program.getSimpleName() + "." + method;
    }

    @Override
    public String toString() {
      return program.getSimpleName();
    }
  }

  private static final String EOF = "EOF_READ_NOT_CLOSED";

  private static final List<Left> LEFT =
      List.of(
          Left.of(LeftWorker.class, "UNKNOWN", "serve"),
          Left.of(LeftStaticMethod.class, EOF, "serve"),
          Left.of(LeftLambda.class, "UNKNOWN", "lambda$main$1"),
          Left.of(LeftConstructor.class, "UNKNOWN", "<init>"),
          Left.of(LeftSelectorLoop.class, "READ_INTEREST_OFF", "handle"),
          new Left(LeftVirtualThread.class, EOF, BY_EXCEPTION, "serve", VIRTUAL_THREADS),
          new Left(LeftEarly.class, EOF, EOF, "serve", 0));

  static Stream<Arguments> servers() {
    return Jdks.all()
        .flatMap(
            jdk ->
                LEFT.stream()
                    .filter(left -> jdk.feature() >= left.since())
                    .map(left -> Arguments.of(left, jdk)));
  }

  /** As long as nobody has looked closer. */
  static Map<String, String> firstCauses() {
    return LEFT.stream().collect(Collectors.toMap(Left::toString, Left::first));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("servers")
  void tellsHowTheNextConnectionWasLeft(Left left, Jdk jdk) {
    Spied spied = new Spied();
    JavaCommand command = spied.on(JavaCommand.on(jdk).main(left.program()));
    try (WatchedScenario scenario = WatchedScenario.start(command, QUICK)) {
      Leak first = scenario.awaitOnlyLeak(left.first());
      assertThat(first.culprit()).isEqualTo(left.culprit());
      CauseTable.assertFixIfListed(left.toString(), first);
      Await.checked(
          WatchedScenario.PATIENCE, () -> assertThat(spied.isWoven(left.program())).isTrue());
      visit(scenario.port(), "x");

      Leak next =
          Await.passing(WatchedScenario.PATIENCE, () -> assertTold(left, scenario.report()));
      assertThat(next.fingerprint()).isEqualTo(first.fingerprint());
      assertThat(next.culprit()).isEqualTo(first.culprit());
      assertThat(next.count()).isEqualTo(first.count() + 1);
      assertLetGo(left, spied, scenario.port());

      AgentReport last = scenario.finish();
      assertThat(last.hookErrors()).isEmpty();
      assertThat(last.problems()).isEmpty();
      assertThat(scenario.process().stderr())
          .containsPattern("\n(SUSPECT|LEAK)  [0-9a-f]{6}  " + left.first() + "   3 connections")
          .containsPattern("\n(SUSPECT|LEAK)  [0-9a-f]{6}  " + left.cause() + "   4 connections");
    }
  }

  /** In the reason when it is the cause, and in the evidence with its stack. */
  private static Leak assertTold(Left left, AgentReport report) {
    Leak leak = report.onlyLeak();
    String line = left.place() + ":" + left.marked("// LEFT").line();
    assertThat(leak.cause()).as("%s", leak).isEqualTo(left.cause());
    if (left.cause().equals(BY_EXCEPTION)) {
      assertThat(leak.reason())
          .startsWith(left.place() + " was left at line " + left.marked("// LEFT").line() + " by ")
          .contains(EXCEPTION + " (from Order.check:");
      assertThat(leak.evidence())
          .anyMatch(f -> f.startsWith("HOOK " + EXCEPTION + " left " + line));
    } else {
      assertThat(leak.evidence())
          .anyMatch(f -> f.startsWith("HOOK " + line) && f.contains(" returned with "));
    }
    assertThat(leak.evidence()).anyMatch(f -> f.startsWith("HOOK seen for 1 of 4;"));
    return leak;
  }

  /** The original bytes are back, and what was watched runs without us. */
  private static void assertLetGo(Left left, Spied spied, int port) {
    Await.checked(
        WatchedScenario.PATIENCE,
        () -> {
          assertThat(spied.changes(left.program())).isGreaterThanOrEqualTo(2);
          assertThat(spied.isOriginal(left.program())).isTrue();
        });
    Await.pause(SETTLED);
    long calls = spied.calls();
    assertThat(calls).isPositive();
    for (int i = 0; i < HEALTHY_VISITS; i++) {
      visit(port, "1");
    }
    Await.pause(SETTLED);
    assertThat(spied.calls()).isEqualTo(calls);
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("servers")
  void touchesNothingOfHealthyTwin(Left left, Jdk jdk) {
    Spied spied = new Spied();
    JavaCommand command = spied.on(JavaCommand.on(jdk).main(left.program(), "fixed"));
    try (WatchedScenario scenario = WatchedScenario.start(command, CALM)) {
      visit(scenario.port(), "x");
      Await.pause(OVER_THRESHOLD);
      assertThat(spied.changes(left.program())).isZero();
      assertThat(spied.calls()).isZero();
      AgentReport last = scenario.finish();
      assertThat(last.leaks()).isEmpty();
      assertThat(last.resolvedCauses()).isEmpty();
      assertThat(last.hookErrors()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.closewait.it.support.Jdks#all")
  void looksAtTwoGroupsAtOnce(Jdk jdk) {
    String program = LeftInTwoPlaces.class.getName();
    String order = MarkedLine.withMark(program, "// ORDER").frame();
    String price = MarkedLine.withMark(program, "// PRICE").frame();
    Spied spied = new Spied();
    JavaCommand command = spied.on(JavaCommand.on(jdk).main(LeftInTwoPlaces.class));
    try (WatchedScenario scenario = WatchedScenario.start(command, QUICK)) {
      Await.checked(
          WatchedScenario.PATIENCE,
          () -> assertThat(byCulprit(scenario.report())).containsOnlyKeys(order, price));
      Await.checked(
          WatchedScenario.PATIENCE,
          () -> assertThat(spied.changes(LeftInTwoPlaces.class)).isGreaterThanOrEqualTo(4));
      visit(scenario.port(), "xx");
      visit(scenario.port(), "y");
      Await.checked(
          WatchedScenario.PATIENCE,
          () -> {
            Map<String, Leak> leaks = byCulprit(scenario.report());
            assertThat(leaks.get(order).cause()).isEqualTo(BY_EXCEPTION);
            assertThat(leaks.get(price).cause()).isEqualTo("EOF_READ_NOT_CLOSED");
            assertThat(leaks.get(price).evidence())
                .anyMatch(
                    f ->
                        f.contains(
                            "servePrice:"
                                + MarkedLine.withMark(program, "// EARLY").line()
                                + ", LeftInTwoPlaces.serve:"));
            assertThat(spied.isOriginal(LeftInTwoPlaces.class)).isTrue();
          });
      assertThat(scenario.finish().hookErrors()).isEmpty();
    }
  }

  private static Map<String, Leak> byCulprit(AgentReport report) {
    return report.leaks().stream().collect(Collectors.toMap(Leak::culprit, Function.identity()));
  }

  /** A client that says what it wants and hangs up. */
  private static void visit(int port, String request) {
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
      server.getOutputStream().write(request.getBytes());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
