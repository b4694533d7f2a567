package dev.closewait.it.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A running JVM with all that it printed; {@link #close()} ends it in any case. */
public final class JavaProcess implements AutoCloseable {
  private static final Duration END_OF_OUTPUT = Duration.ofSeconds(10);

  private final Process process;
  private final List<String> commandLine;
  private final Output stdout;
  private final Output stderr;

  JavaProcess(Process process, List<String> commandLine) {
    this.process = process;
    this.commandLine = commandLine;
    this.stdout = new Output(process.getInputStream(), "stdout of " + process.pid());
    this.stderr = new Output(process.getErrorStream(), "stderr of " + process.pid());
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** All of standard output up to now. */
  public String stdout() {
    return stdout.text();
  }

  /** All of standard error up to now. */
  public String stderr() {
    return stderr.text();
  }

  /** The first whole line of standard output that matches; fails at once when the JVM has ended. */
  public String waitForStdoutLine(Predicate<String> wanted, Duration timeout) {
    return waitForLine(stdout, wanted, timeout);
  }

  /** The first whole line of standard error that matches; fails at once when the JVM has ended. */
  public String waitForStderrLine(Predicate<String> wanted, Duration timeout) {
    return waitForLine(stderr, wanted, timeout);
  }

  private String waitForLine(Output output, Predicate<String> wanted, Duration timeout) {
    return Await.value(
        "the line, from " + this,
        timeout,
        () -> {
          boolean ended = output.hasEnded();
          String line = output.wholeLines().stream().filter(wanted).findFirst().orElse(null);
          if (line == null && ended) {
            throw new IllegalStateException("ended without the line: " + this);
          }
          return line;
        });
  }

  /** Ends standard input, which scenarios take for "stop". */
  public void closeStdin() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a line to standard input, for a scenario that waits for the test's word. */
  public void say(String word) {
    try {
      process.getOutputStream().write((word + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The exit code, once all output has been read. */
  public int waitForExit(Duration timeout) {
    try {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("still running after " + timeout + ": " + this);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    stdout.awaitEnd(END_OF_OUTPUT);
    stderr.awaitEnd(END_OF_OUTPUT);
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(END_OF_OUTPUT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return "JVM "
        + process.pid()
        + (process.isAlive() ? " (running)" : " (exit code " + process.exitValue() + ")")
        + "\ncommand: "
        + String.join(" ", commandLine)
        + "\nstdout:\n"
        + stdout()
        + "\nstderr:\n"
        + stderr();
  }

  /** One stream of the process, read as it comes so that the process never blocks on it. */
  private static final class Output {
    private final StringBuilder text = new StringBuilder();
    private final Thread reader;

    Output(InputStream stream, String name) {
      reader = new Thread(() -> readAll(stream), name);
      reader.setDaemon(true);
      reader.start();
    }

    private void readAll(InputStream stream) {
      try (var in = new InputStreamReader(stream, UTF_8)) {
        char[] buffer = new char[8192];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          synchronized (text) {
            text.append(buffer, 0, n);
          }
        }
      } catch (IOException processKilled) {
        // The stream of a process that was ended by force: what came is kept.
      }
    }

    String text() {
      synchronized (text) {
        return text.toString();
      }
    }

    List<String> wholeLines() {
      String all = text();
      return all.substring(0, all.lastIndexOf('\n') + 1).lines().toList();
    }

    boolean hasEnded() {
      return !reader.isAlive();
    }

    void awaitEnd(Duration timeout) {
      try {
        reader.join(timeout.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
