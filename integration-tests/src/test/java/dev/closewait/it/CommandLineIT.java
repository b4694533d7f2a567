package dev.closewait.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.CommandLines.Outcome;
import dev.closewait.it.scenario.ForgetfulServer;
import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.Await;
import dev.closewait.it.support.BuildPaths;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.JavaProcess;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.Jdks;
import dev.closewait.it.support.MarkedLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code java -jar closewait-agent.jar} next to a JVM that runs already. */
class CommandLineIT {
  private static final String JDKS = "dev.closewait.it.support.Jdks#all";
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Path DIRECTORY = BuildPaths.newDirectory("command-line");

  @ParameterizedTest
  @MethodSource(JDKS)
  void countsWhatTheKernelShows(Jdk jdk) throws IOException {
    try (JavaProcess server = JavaCommand.on(jdk).main(ForgetfulServer.class).start()) {
      CommandLines.leak(server, 3);

      Outcome states = CommandLines.run(jdk, "states", CommandLines.pid(server));

      assertThat(states.err()).isEmpty();
      assertThat(states.out())
          .startsWith("CLOSE_WAIT 3   LISTEN 1   descriptors ")
          .contains("\nCLOSE_WAIT by remote   127.0.0.1 3\n");
      assertThat(states.exitCode()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"17, 17", "25, 25", "17, 25", "25, 17"})
  void attachesToJvmThatLeaksLater(int commandFeature, int serverFeature) throws IOException {
    Jdk jdk = Jdks.of(commandFeature);
    Path report = DIRECTORY.resolve("attached-" + commandFeature + "-" + serverFeature + ".json");
    try (JavaProcess server =
        JavaCommand.on(Jdks.of(serverFeature)).main(ForgetfulServer.class).start()) {
      CommandLines.leak(server, 2);

      String options = "threshold=1s,interval=250ms,report=" + relative(report);
      Outcome attached = CommandLines.run(jdk, "attach", CommandLines.pid(server), options);
      CommandLines.leak(server, 3);

      assertThat(attached.err()).isEmpty();
      assertThat(attached.out())
          .startsWith("closewait: attached to " + server.pid() + " in ")
          .contains("; 2 connections were in CLOSE_WAIT before that: no open stacks for them; ")
          .contains(", and to " + report + " as that process sees it")
          .hasLineCount(1);
      assertThat(attached.exitCode()).isZero();
      AgentReport.Leak leak = leakOf(report, "EOF_READ_NOT_CLOSED", 3);
      assertThat(leak.culprit()).isEqualTo(MarkedLine.of(ForgetfulServer.class.getName()).frame());
      leakOf(report, "UNKNOWN", 2);
      assertThat(AgentReport.read(report).leaks()).hasSize(2);
      assertThat(AgentReport.read(report).json().at("/agent/mode").asString()).isEqualTo("attach");
    }
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void leavesJvmThatIsWatchedSinceAnAttach(Jdk jdk) {
    try (JavaProcess server = JavaCommand.on(jdk).main(ForgetfulServer.class).start()) {
      CommandLines.port(server);
      assertThat(CommandLines.run(jdk, "attach", CommandLines.pid(server)).exitCode()).isZero();

      assertThatItIsWatched(
          CommandLines.run(jdk, "attach", CommandLines.pid(server)), server, "attach");
    }
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void leavesJvmThatIsWatchedSinceItsStart(Jdk jdk) {
    try (JavaProcess server = JavaCommand.on(jdk).agent().main(ForgetfulServer.class).start()) {
      CommandLines.port(server);

      assertThatItIsWatched(
          CommandLines.run(jdk, "attach", CommandLines.pid(server)), server, "premain");
    }
  }

  private static void assertThatItIsWatched(Outcome outcome, JavaProcess server, String mode) {
    String version = System.getProperty("closewait.version");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .isEqualTo(
            "closewait: %d is watched already, by closewait %s, started as %s; nothing was done"
                    .formatted(server.pid(), version, mode)
                + " (one agent is enough)\n");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(server.stderr()).doesNotContain("closewait: off");
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void tellsWrongOptionBeforeItAttaches(Jdk jdk) {
    try (JavaProcess server = JavaCommand.on(jdk).main(ForgetfulServer.class).start()) {
      CommandLines.port(server);

      Outcome outcome = CommandLines.run(jdk, "attach", CommandLines.pid(server), "treshold=1s");

      assertThat(outcome)
          .isEqualTo(
              new Outcome(
                  2,
                  "",
                  "closewait: unknown option \"treshold\" (did you mean \"threshold\"?);"
                      + " nothing was done\n"));
      assertThat(server.stderr()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void tellsWhenTheAgentStaysOffThere(Jdk jdk) {
    try (JavaProcess server =
        JavaCommand.on(jdk)
            .options("-Dclosewait.intervall=1s")
            .main(ForgetfulServer.class)
            .start()) {
      CommandLines.port(server);

      Outcome outcome = CommandLines.run(jdk, "attach", CommandLines.pid(server));

      assertThat(outcome.err())
          .isEqualTo(
              "closewait: the agent did not start in %d: the standard error of that process says why\n"
                  .formatted(server.pid()));
      assertThat(outcome.exitCode()).isEqualTo(1);
      server.waitForStderrLine(line -> line.startsWith("closewait: off: unknown option"), SOON);
    }
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void saysHowToLetAgentsIn(Jdk jdk) {
    try (JavaProcess server =
        JavaCommand.on(jdk)
            .options("-XX:-EnableDynamicAgentLoading")
            .main(ForgetfulServer.class)
            .start()) {
      CommandLines.port(server);

      Outcome outcome = CommandLines.run(jdk, "attach", CommandLines.pid(server));

      assertThat(outcome.err())
          .startsWith(
              "closewait: " + server.pid() + " takes no agents while it runs: start it with")
          .hasLineCount(1);
      assertThat(outcome.exitCode()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void leavesJvmThatLetsNobodyAttach(Jdk jdk) {
    try (JavaProcess server =
        JavaCommand.on(jdk)
            .options("-XX:+DisableAttachMechanism", "-XX:-UsePerfData")
            .main(ForgetfulServer.class)
            .start()) {
      CommandLines.port(server);
      String before = server.stdout();

      Outcome outcome = CommandLines.run(jdk, "attach", CommandLines.pid(server));

      assertThat(outcome.err())
          .startsWith("closewait: " + server.pid() + " runs with -XX:+DisableAttachMechanism")
          .hasLineCount(1);
      assertThat(outcome.exitCode()).isEqualTo(1);
      assertThat(server.stdout()).as("no thread dump").isEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void doesNoHarmToWhatIsNoJvm(Jdk jdk) throws IOException, InterruptedException {
    Process sleeper = new ProcessBuilder("sleep", "60").start();
    try {
      Outcome outcome = CommandLines.run(jdk, "attach", Long.toString(sleeper.pid()));

      assertThat(outcome.err()).startsWith("closewait: " + sleeper.pid() + " is not a JVM");
      assertThat(outcome.exitCode()).isEqualTo(1);
      assertThat(sleeper.waitFor(200, TimeUnit.MILLISECONDS)).as("ended").isFalse();
    } finally {
      sleeper.destroyForcibly();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "states, there is no process 4194305",
    "attach, there is no process 4194305 (jps lists JVMs)",
    "report, there is no process 4194305 (jps lists JVMs)"
  })
  void saysThatThereIsNoSuchProcess(String name, String message) {
    // Larger than any process id of Linux (PID_MAX_LIMIT, include/linux/threads.h).
    Outcome outcome = CommandLines.run(Jdks.of(17), name, "4194305");

    assertThat(outcome.err()).startsWith("closewait: " + message).hasLineCount(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void saysThatThisJavaCannotAttach(Jdk jdk) {
    JavaCommand trimmed = JavaCommand.on(jdk).options("--limit-modules", "java.base");

    Outcome outcome = CommandLines.run(trimmed, "attach", "4194305");

    assertThat(outcome.err())
        .endsWith(" lacks the module jdk.attach (run this command with the java of a JDK)\n")
        .hasLineCount(1);
    assertThat(outcome.exitCode()).isEqualTo(1);
  }

  @Test
  void knowsItsVersion() {
    assertThat(CommandLines.run(Jdks.of(17), "--version").out())
        .isEqualTo("closewait " + System.getProperty("closewait.version") + "\n");
  }

  private static AgentReport.Leak leakOf(Path report, String cause, int connections) {
    return Await.passing(
        SOON,
        () -> {
          assertThat(AgentReport.read(report).leaks())
              .filteredOn(leak -> leak.cause().equals(cause))
              .singleElement()
              .returns(connections, AgentReport.Leak::count);
          return AgentReport.read(report).leaks().stream()
              .filter(leak -> leak.cause().equals(cause))
              .findFirst()
              .orElseThrow();
        });
  }

  private static String relative(Path path) {
    return Path.of("").toAbsolutePath().relativize(path).toString();
  }
}
