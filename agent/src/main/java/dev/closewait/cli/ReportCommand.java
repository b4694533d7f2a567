package dev.closewait.cli;

import dev.closewait.config.Durations;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that prints what the agent in a running JVM has found, and starts it when needed. */
@Command(
    name = "report",
    description = {
      "Prints what the agent in a running JVM has found so far.",
      "Where there is none it is started, watches for a while, and stays."
    })
final class ReportCommand implements Callable<Integer> {
  /** Long enough that what is stuck is found, and that more gets stuck while it is watched. */
  private static final String FIRST_LOOK = "30s";

  private final PrintStream out;
  private final AgentLoader.JarFinder jarFinder;

  @Parameters(index = "0", paramLabel = "PID", description = "The process of the JVM.")
  private long pid;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "KEY=VALUE",
      description = "Options of the agent, when it is started: see the command \"options\".")
  private List<String> given = List.of();

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description =
          "How long to watch first: at once for an agent that is there, else "
              + FIRST_LOOK
              + " unless given.")
  private @Nullable String watchTime;

  ReportCommand(PrintStream out, AgentLoader.JarFinder jarFinder) {
    this.out = out;
    this.jarFinder = jarFinder;
  }

  @Override
  public Integer call() throws CommandException {
    AgentArgument argument = AgentArgument.of(given);
    long givenNanos = nanos(watchTime);
    AgentLoader loader = AgentLoader.of(pid, jarFinder);
    String watcher = loader.watcher();
    if (watcher == null) {
      out.println(loader.start(argument));
      pause(givenNanos < 0 ? Durations.nanos(FIRST_LOOK) : givenNanos);
    } else if (!given.isEmpty()) {
      throw CommandException.couldNot(
          pid + " is watched already, by " + watcher + ": its options cannot be changed");
    } else {
      pause(givenNanos);
    }
    out.print(loader.report());
    out.flush();
    return ExitCodes.DONE;
  }

  /** Negative when none was given. */
  private static long nanos(@Nullable String duration) throws CommandException {
    long nanos = duration == null ? -1 : Durations.nanos(duration);
    if (duration != null && nanos < 0) {
      throw CommandException.wrongUsage(
          "--for " + duration + " is no duration (write --for 30s; the units are ms, s, m and h)");
    }
    return nanos;
  }

  private static void pause(long nanos) throws CommandException {
    try {
      if (nanos > 0) {
        TimeUnit.NANOSECONDS.sleep(nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.couldNot("interrupted; the agent goes on");
    }
  }
}
