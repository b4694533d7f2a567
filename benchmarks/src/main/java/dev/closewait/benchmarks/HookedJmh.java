package dev.closewait.benchmarks;

import java.io.IOException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * JMH with its own command line, whose forks run under the agent: what {@code java -jar
 * benchmarks.jar} starts.
 *
 * <p>The property {@code closewait.agent} names another agent than the one that the build has
 * packaged.
 */
public final class HookedJmh {
  private static final String AGENT_PROPERTY = "closewait.agent";

  private HookedJmh() {}

  /** Arguments: those of JMH; {@code -h} lists them. */
  public static void main(String[] arguments)
      throws CommandLineOptionException, RunnerException, IOException {
    CommandLineOptions commandLine = new CommandLineOptions(arguments);
    if (commandLine.shouldHelp()) {
      commandLine.showHelp();
      return;
    }
    String agent = System.getProperty(AGENT_PROPERTY);
    Options options =
        new OptionsBuilder()
            .parent(commandLine)
            .jvmArgsAppend("-javaagent:" + (agent == null ? AgentJars.packaged() : agent))
            .build();
    Runner runner = new Runner(options);
    if (commandLine.shouldList()) {
      runner.list();
    } else {
      runner.run();
    }
  }
}
