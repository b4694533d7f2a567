package dev.closewait.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A second JVM of the same JDK that runs one of the main classes here, and answers in lines of
 * numbers.
 *
 * <p>What it writes to standard error (the agent's lines among it) is discarded.
 */
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;

  private ChildJvm(Process process) {
    this.process = process;
    this.answers =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
  }

  /** Starts {@code main} under an agent, given as its jar with or without {@code =options}. */
  static ChildJvm start(String agent, List<String> jvmOptions, Class<?> main, Object... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.add("-javaagent:" + agent);
    command.add("-cp");
    command.add(AgentJars.ownJar().toString());
    command.add(main.getName());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    try {
      return new ChildJvm(new ProcessBuilder(command).redirectError(new File("/dev/null")).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the next line of the child. */
  String line() {
    try {
      String line = answers.readLine();
      if (line == null) {
        throw new IllegalStateException("the child JVM ended early: " + process.info());
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The numbers of the child's next line. */
  double[] numbers() {
    String[] words = line().split(" ", -1);
    double[] numbers = new double[words.length];
    for (int i = 0; i < words.length; i++) {
      numbers[i] = Double.parseDouble(words[i]);
    }
    return numbers;
  }

  /** Lets the child go on: each waits for a line where its Javadoc says so. */
  void proceed() {
    try {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the child has ended. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
