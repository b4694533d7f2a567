package dev.closewait.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Consumer;

/** What a JVM that has ended left. */
public record FinishedJvm(int exitCode, String stdout, String stderr) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Runs a command whose program ends by itself, or when its standard input ends. */
  public static FinishedJvm of(JavaCommand command) {
    return of(command, process -> {});
  }

  /** With something that must happen before standard input ends. */
  public static FinishedJvm of(JavaCommand command, Consumer<JavaProcess> meanwhile) {
    try (JavaProcess process = command.start()) {
      meanwhile.accept(process);
      process.closeStdin();
      int exitCode = process.waitForExit(PATIENCE);
      return new FinishedJvm(exitCode, process.stdout(), process.stderr());
    }
  }

  /** Nobody can tell the two apart by the application's output and exit code. */
  public void assertSameAs(FinishedJvm withoutAgent) {
    assertThat(stdout).as("standard output").isEqualTo(withoutAgent.stdout);
    assertThat(AgentLines.removeFrom(stderr))
        .as("standard error less our lines, of %s", stderr)
        .isEqualTo(withoutAgent.stderr.lines().toList());
    assertThat(exitCode).as("exit code, with %s", stderr).isEqualTo(withoutAgent.exitCode);
  }
}
