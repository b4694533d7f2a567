package dev.closewait.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.closewait.it.scenario.DeepReflection;
import dev.closewait.it.scenario.LateNetworkProperty;
import dev.closewait.it.scenario.StandsInSockets;
import dev.closewait.it.scenario.TalkingApplication;
import dev.closewait.it.support.AgentLines;
import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.Await;
import dev.closewait.it.support.BuildPaths;
import dev.closewait.it.support.FinishedJvm;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.JavaProcess;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.Jdks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The application does with the agent what it does without, also when all is broken. */
@Execution(ExecutionMode.CONCURRENT)
class HarmlessIT {
  private static final String[] QUICK = {"threshold=300ms", "interval=100ms"};
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String JDKS = "dev.closewait.it.support.Jdks#all";

  /** A way in which the application runs; what it does, and how its JVM is started. */
  private record Run(String name, String mode, Consumer<JavaCommand> setUp) {
    JavaCommand on(Jdk jdk) {
      JavaCommand command = JavaCommand.on(jdk).main(TalkingApplication.class, mode);
      setUp.accept(command);
      return command;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Arguments> runs() {
    List<Run> runs =
        List.of(
            new Run("normal run", "leaks", command -> {}),
            new Run("uncaught exception", "throws", command -> {}),
            new Run("System.exit of another thread", "exits", command -> {}),
            new Run("halt in a shutdown hook", "halts", command -> {}),
            new Run("System.setOut and System.setErr", "replaces", command -> {}),
            new Run(
                "heap full", "fills", command -> command.options("-Xmx32m", "-XX:+UseSerialGC")),
            new Run("out of descriptors", "exhausts", command -> command.descriptorLimit(100)),
            new Run("stderr closed", "leaks", command -> command.redirection("2>&-")),
            new Run("stderr full", "leaks", command -> command.redirection("2>/dev/full")),
            new Run("evil slf4j provider", "leaks", HarmlessIT::evilProvider));
    return Jdks.all().flatMap(jdk -> runs.stream().map(run -> Arguments.of(run, jdk)));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("runs")
  void leavesOutputAndExitCode(Run run, Jdk jdk) {
    Path report = BuildPaths.newDirectory("harmless").resolve("report.json");
    FinishedJvm without = FinishedJvm.of(run.on(jdk));
    FinishedJvm with =
        FinishedJvm.of(
            run.on(jdk).agent(quickWith("report=" + report)),
            process -> Await.checked(PATIENCE, () -> assertLeak(AgentReport.read(report))));

    with.assertSameAs(without);
    if (!run.mode().equals("halts")) {
      AgentReport last = AgentReport.read(report);
      assertThat(last.atExit()).as("at exit: %s", last).isTrue();
      assertLeak(last);
    }
  }

  private static void assertLeak(AgentReport report) {
    AgentReport.Leak leak = report.onlyLeak();
    assertThat(leak.verdict()).isEqualTo("LEAK");
    assertThat(leak.cause()).isEqualTo("EOF_READ_NOT_CLOSED");
    assertThat(leak.count()).isEqualTo(3);
  }

  private static void awaitLeakInText(JavaProcess process) {
    process.waitForStderrLine(line -> line.startsWith("LEAK  "), PATIENCE);
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("wrongOptions")
  void saysWrongOptionInOneLine(String option, String line, Jdk jdk) {
    FinishedJvm without = FinishedJvm.of(application(jdk));
    FinishedJvm with = FinishedJvm.of(application(jdk).agent(option));

    with.assertSameAs(without);
    assertThat(AgentLines.in(with.stderr())).containsExactly(line);
  }

  static Stream<Arguments> wrongOptions() {
    return Jdks.all()
        .flatMap(
            jdk ->
                Stream.of(
                    Arguments.of(
                        "treshold=5s",
                        "closewait: off: unknown option \"treshold\" (did you mean"
                            + " \"threshold\"?); the application runs without the agent",
                        jdk),
                    Arguments.of(
                        "threshold=5",
                        "closewait: off: threshold=5 has no unit (write threshold=5s); the"
                            + " application runs without the agent",
                        jdk)));
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void saysOnceThatReportCannotBeWritten(Jdk jdk) {
    FinishedJvm without = FinishedJvm.of(application(jdk));
    FinishedJvm with =
        FinishedJvm.of(
            application(jdk).agent(quickWith("report=/nonexistent/report.json")),
            HarmlessIT::awaitLeakInText);

    with.assertSameAs(without);
    assertThat(AgentLines.in(with.stderr()))
        .containsOnlyOnce(
            "closewait: report file /nonexistent/report.json cannot be written (No such file or"
                + " directory); reports go to standard error only")
        .anyMatch(line -> line.startsWith("LEAK  "))
        .noneMatch(line -> line.contains("in the JSON report"));
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void survivesFullDisk(Jdk jdk) {
    FinishedJvm without = FinishedJvm.of(application(jdk));
    FinishedJvm with =
        FinishedJvm.of(
            application(jdk).agent(quickWith("report=/dev/full")), HarmlessIT::awaitLeakInText);

    with.assertSameAs(without);
    assertThat(AgentLines.in(with.stderr()))
        .anyMatch(line -> line.startsWith("LEAK  "))
        .filteredOn(
            line -> line.startsWith("closewait: ") && line.contains("No space left on device"))
        .hasSize(1);
    assertThat(Files.isRegularFile(Path.of("/dev/full"))).as("replaced the device").isFalse();
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void findsLeakWithoutKernelTables(Jdk jdk) throws IOException, InterruptedException {
    String[] hidden = {
      "unshare", "-rm", "sh", "-c", "mount -t tmpfs none /proc/$$/net && exec \"$@\"", ""
    };
    assumeTrue(canRun(hidden), "this system does not let us hide /proc/net (unshare -rm)");
    FinishedJvm without = FinishedJvm.of(application(jdk).wrapper(hidden));
    FinishedJvm with =
        FinishedJvm.of(application(jdk).wrapper(hidden).agent(QUICK), HarmlessIT::awaitLeakInText);

    with.assertSameAs(without);
    assertThat(AgentLines.in(with.stderr()))
        .anyMatch(line -> line.startsWith("LEAK  ") && line.contains("EOF_READ_NOT_CLOSED"));
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void keepsClassDataSharing(Jdk jdk) {
    String archive = BuildPaths.newDirectory("cds").resolve("application.jsa").toString();
    String jar = BuildPaths.demoJar().toString();
    JavaCommand dump =
        JavaCommand.on(jdk)
            .classPath(jar)
            .options("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:disable")
            .main("dev.closewait.demo.Demo", "--list");
    assertThat(FinishedJvm.of(dump).exitCode()).isZero();
    // Every -javaagent changes the module graph, which JDK 25 remarks on: ours compares with one
    // off.
    FinishedJvm without = FinishedJvm.of(shared(jdk, archive, jar).agent("enabled=false"));
    FinishedJvm with = FinishedJvm.of(shared(jdk, archive, jar).agent(QUICK));

    with.assertSameAs(without);
    assertThat(with.stdout()).contains("ForgottenClose");
    assertThat(AgentLines.in(with.stderr()))
        .containsExactly("closewait: no leaks; 0 connections opened, 0 closed");
  }

  private static JavaCommand shared(Jdk jdk, String archive, String jar) {
    return JavaCommand.on(jdk)
        .classPath(jar)
        .options("-XX:SharedArchiveFile=" + archive, "-Xlog:all=warning:stdout:level,tags")
        .main("dev.closewait.demo.Demo", "--list");
  }

  /** HotSpot forgets the file of a call whose class was redefined meanwhile. */
  @ParameterizedTest
  @MethodSource(JDKS)
  void leavesStacksOfThreadsThatStoodInSocketsWhenItWasAttached(Jdk jdk) {
    JavaCommand command =
        JavaCommand.on(jdk).options("-XX:+EnableDynamicAgentLoading").main(StandsInSockets.class);
    FinishedJvm without = FinishedJvm.of(command, HarmlessIT::awaitReady);
    FinishedJvm with =
        FinishedJvm.of(
            command,
            process -> {
              awaitReady(process);
              attach(jdk, process);
            });

    with.assertSameAs(without);
    assertThat(with.stdout()).contains("(NioSocketImpl.java:", "(ServerSocketChannelImpl.java:");
  }

  private static void awaitReady(JavaProcess process) {
    process.waitForStdoutLine(line -> line.startsWith("ready: "), PATIENCE);
  }

  private static void attach(Jdk jdk, JavaProcess process) {
    FinishedJvm command =
        FinishedJvm.of(
            JavaCommand.on(jdk)
                .classPath(BuildPaths.agentJar().toString())
                .main("dev.closewait.cli.CommandLineMain", "attach", Long.toString(process.pid())));
    assertThat(command.exitCode()).as("%s", command).isZero();
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void leavesAccessChecks(Jdk jdk) {
    FinishedJvm without = FinishedJvm.of(JavaCommand.on(jdk).main(DeepReflection.class));
    FinishedJvm with = FinishedJvm.of(JavaCommand.on(jdk).main(DeepReflection.class).agent(QUICK));

    with.assertSameAs(without);
    assertThat(with.stdout().lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith("java.lang.reflect.InaccessibleObjectException: "));
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void letsApplicationSetNetworkPropertiesFirst(Jdk jdk) {
    FinishedJvm without = FinishedJvm.of(JavaCommand.on(jdk).main(LateNetworkProperty.class));
    FinishedJvm with =
        FinishedJvm.of(JavaCommand.on(jdk).main(LateNetworkProperty.class).agent(QUICK));

    with.assertSameAs(without);
    assertThat(with.stdout()).isEqualTo("tcp has the port: true\ntcp6 has the port: false\n");
  }

  private static JavaCommand application(Jdk jdk) {
    return JavaCommand.on(jdk).main(TalkingApplication.class, "leaks");
  }

  /** A provider of the application's, that must not become ours: its loading would be an error. */
  private static void evilProvider(JavaCommand command) {
    try {
      Path directory = BuildPaths.newDirectory("evil");
      Path services = Files.createDirectories(directory.resolve("META-INF/services"));
      Files.writeString(services.resolve("org.slf4j.spi.SLF4JServiceProvider"), "evil.Provider\n");
      command
          .classPath(directory.toString(), BuildPaths.testClasses())
          .options("-Dslf4j.provider=evil.Provider");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean canRun(String... wrapper) throws IOException, InterruptedException {
    List<String> command = Stream.concat(Stream.of(wrapper), Stream.of("true")).toList();
    return Files.isExecutable(Path.of("/usr/bin/unshare"))
        && new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }

  private static String[] quickWith(String option) {
    return Stream.concat(Stream.of(QUICK), Stream.of(option)).toArray(String[]::new);
  }
}
