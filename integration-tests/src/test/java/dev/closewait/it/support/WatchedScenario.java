package dev.closewait.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A scenario that runs under the agent and has said that it is ready: {@code ready: ... port=40213
 * visits=4 connections=3}.
 */
public final class WatchedScenario implements AutoCloseable {
  /** Of each step of a test: a machine with two busy cores is slow, and nothing waits for it. */
  public static final Duration PATIENCE = Duration.ofSeconds(90);

  /** A JVM with a second agent takes ten times as long to start. */
  private static final Duration START = Duration.ofSeconds(120);

  private static final Pattern READY =
      Pattern.compile("ready: .*port=(\\d+)(?: visits=(\\d+))? connections=(\\d+)");

  private final JavaProcess process;
  private final Path reportFile;
  private final int port;
  private final int visits;
  private final int connections;

  private WatchedScenario(JavaProcess process, Path reportFile) {
    this.process = process;
    this.reportFile = reportFile;
    String line = process.waitForStdoutLine(READY.asMatchPredicate(), START);
    Matcher ready = READY.matcher(line);
    assertThat(ready.matches()).isTrue();
    this.port = Integer.parseInt(ready.group(1));
    this.connections = Integer.parseInt(ready.group(3));
    this.visits = ready.group(2) == null ? connections : Integer.parseInt(ready.group(2));
  }

  /** Starts the command with our agent, which writes its JSON report to a file of its own. */
  public static WatchedScenario start(JavaCommand command, String... agentOptions) {
    Path reportFile = BuildPaths.newDirectory("scenario").resolve("report.json");
    String[] options =
        Stream.concat(Stream.of(agentOptions), Stream.of("report=" + reportFile))
            .toArray(String[]::new);
    JavaProcess process = command.agent(options).start();
    try {
      return new WatchedScenario(process, reportFile);
    } catch (Throwable notReady) {
      process.close();
      throw notReady;
    }
  }

  /** The server's. */
  public int port() {
    return port;
  }

  /** As many as the scenario says that it has leaked, or would have. */
  public int connections() {
    return connections;
  }

  /** How many connections its clients have made, with those that leak. */
  public int visits() {
    return visits;
  }

  public JavaProcess process() {
    return process;
  }

  public KernelTable kernel() {
    return KernelTable.of(process.pid());
  }

  /** The report as it is now. */
  public AgentReport report() {
    return AgentReport.read(reportFile);
  }

  /**
   * The only group, once it has all connections of the scenario and this cause (a cause may become
   * sharper with time).
   */
  public AgentReport.Leak awaitOnlyLeak(String cause) {
    return Await.passing(
        PATIENCE,
        () -> {
          AgentReport.Leak leak = report().onlyLeak();
          assertThat(leak.count()).as("connections in %s", leak).isEqualTo(connections);
          assertThat(leak.cause()).as("cause in %s", leak).isEqualTo(cause);
          return leak;
        });
  }

  /** Lets the program end by itself: the last report. */
  public AgentReport finish() {
    process.closeStdin();
    assertThat(process.waitForExit(PATIENCE)).as("exit code of %s", process).isZero();
    AgentReport last = report();
    assertThat(last.atExit()).as("at exit: %s", last).isTrue();
    return last;
  }

  /** What the agent has written on standard error, less the application's lines: all of it. */
  public List<String> stderrLines() {
    return process.stderr().lines().toList();
  }

  @Override
  public void close() {
    process.close();
  }

  @Override
  public String toString() {
    return process.toString();
  }
}
