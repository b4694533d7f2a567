package dev.closewait.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command that puts the agent into a JVM that runs already. */
@Command(
    name = "attach",
    description = {
      "Starts the agent in a running JVM: of this machine, of this user.",
      "Connections opened before have no open stacks, as nobody watched."
    })
final class AttachCommand implements Callable<Integer> {
  private final PrintStream out;
  private final AgentLoader.JarFinder jarFinder;

  @Parameters(index = "0", paramLabel = "PID", description = "The process of the JVM.")
  private long pid;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "KEY=VALUE",
      description = "Options of the agent: see the command \"options\".")
  private List<String> given = List.of();

  AttachCommand(PrintStream out, AgentLoader.JarFinder jarFinder) {
    this.out = out;
    this.jarFinder = jarFinder;
  }

  @Override
  public Integer call() throws CommandException {
    AgentArgument argument = AgentArgument.of(given);
    String started = AgentLoader.of(pid, jarFinder).start(argument);
    out.println(
        started
            + "; reports go to the standard error of "
            + pid
            + reportFile(argument.options().reportPath()));
    return ExitCodes.DONE;
  }

  private static String reportFile(@Nullable String path) {
    return path == null ? "" : ", and to " + path + " as that process sees it";
  }
}
