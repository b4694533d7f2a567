package dev.closewait.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.CommandLines.Outcome;
import dev.closewait.it.scenario.ForgetfulServer;
import dev.closewait.it.support.Await;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.JavaProcess;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.Jdks;
import dev.closewait.it.support.MarkedLine;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code java -jar closewait-agent.jar report PID}: the answer in the terminal that asks. */
class ReportCommandIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @ParameterizedTest
  @CsvSource({"17, 17", "25, 25", "17, 25", "25, 17"})
  void reportsWhatIsStuckOnceItHasWatched(int commandFeature, int serverFeature)
      throws IOException {
    try (JavaProcess server =
        JavaCommand.on(Jdks.of(serverFeature)).main(ForgetfulServer.class).start()) {
      CommandLines.leak(server, 2);

      Jdk jdk = Jdks.of(commandFeature);
      Outcome first =
          CommandLines.run(
              jdk,
              "report",
              CommandLines.pid(server),
              "--for",
              "4s",
              "threshold=1s",
              "interval=250ms");
      assertThat(first.err()).isEmpty();
      assertThat(first.out())
          .startsWith("closewait: attached to " + server.pid() + " in ")
          .contains("; 2 connections were in CLOSE_WAIT before that: no open stacks for them\n")
          .containsPattern(
              "\nclosewait: (1 suspect: 2 connections|no leaks; .*; 2 seen) in CLOSE_WAIT");
      CommandLines.leak(server, 3);
      Outcome next =
          Await.passing(
              SOON,
              () -> {
                Outcome report =
                    CommandLines.run(jdk, "report", "--for", "1s", CommandLines.pid(server));
                assertThat(report.out()).contains(": 5 connections in CLOSE_WAIT, ");
                return report;
              });

      assertThat(next.err()).isEmpty();
      assertThat(next.out())
          .startsWith("closewait: ")
          .contains("UNKNOWN   2 connections", "EOF_READ_NOT_CLOSED   3 connections")
          .contains("  culprit   " + MarkedLine.of(ForgetfulServer.class.getName()).frame() + "\n");
      assertThat(next.exitCode()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.closewait.it.support.Jdks#all")
  void reportsAtOnceWhereTheAgentIsAlready(Jdk jdk) throws IOException {
    try (JavaProcess server =
        JavaCommand.on(jdk)
            .agent("threshold=1s", "interval=250ms")
            .main(ForgetfulServer.class)
            .start()) {
      CommandLines.port(server);
      assertThat(CommandLines.run(jdk, "report", CommandLines.pid(server)).out())
          .startsWith("closewait: no leaks; ")
          .hasLineCount(1);
      CommandLines.leak(server, 3);
      server.waitForStderrLine(line -> line.startsWith("SUSPECT "), SOON);

      Outcome report = CommandLines.run(jdk, "report", CommandLines.pid(server));
      Outcome refused = CommandLines.run(jdk, "report", CommandLines.pid(server), "threshold=5s");

      assertThat(report.err()).isEmpty();
      assertThat(report.out()).contains("EOF_READ_NOT_CLOSED   3 connections");
      assertThat(refused.out()).isEmpty();
      assertThat(refused.err())
          .startsWith("closewait: " + server.pid() + " is watched already, by closewait ")
          .endsWith(": its options cannot be changed\n");
      assertThat(refused.exitCode()).isEqualTo(1);
    }
  }
}
