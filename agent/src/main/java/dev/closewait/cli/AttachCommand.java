package dev.closewait.cli;

import dev.closewait.kernel.ProcessStates;
import dev.closewait.kernel.TcpState;
import dev.closewait.report.text.Phrases;
import java.io.File;
import java.io.IOException;
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
  private final JarFinder jarFinder;

  @Parameters(index = "0", paramLabel = "PID", description = "The process of the JVM.")
  private long pid;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "KEY=VALUE",
      description = "Options of the agent: see the command \"options\".")
  private List<String> given = List.of();

  AttachCommand(PrintStream out, JarFinder jarFinder) {
    this.out = out;
    this.jarFinder = jarFinder;
  }

  /** Finds the jar of the agent. */
  @FunctionalInterface
  interface JarFinder {
    File find() throws CommandException;
  }

  @Override
  public Integer call() throws CommandException {
    AgentArgument argument = AgentArgument.of(given);
    File jar = jarFinder.find();
    checkAttachApi();
    AttachTarget target = AttachTarget.of(pid);
    int stuckBefore = closeWaits();
    long start = System.nanoTime();
    attach(target, jar, argument.text());
    String took = Phrases.duration(System.nanoTime() - start);
    out.println(
        "closewait: attached to "
            + pid
            + " in "
            + took
            + "; "
            + before(stuckBefore)
            + "; reports go to the standard error of "
            + pid
            + reportFile(argument.options().reportPath()));
    return ExitCodes.DONE;
  }

  /** Here, because the JVM does not even load the classes that use the API when it is missing. */
  private static void checkAttachApi() throws CommandException {
    if (ModuleLayer.boot().findModule("jdk.attach").isEmpty()) {
      throw CommandException.couldNot(
          "the Java at "
              + System.getProperty("java.home")
              + " lacks the module jdk.attach (run this command with the java of a JDK)");
    }
  }

  private static void attach(AttachTarget target, File jar, String argument)
      throws CommandException {
    try (AttachedJvm jvm = target.attach()) {
      String watcher = jvm.watcher();
      if (watcher != null) {
        throw CommandException.couldNot(
            target.pid()
                + " is watched already, by "
                + watcher
                + "; nothing was done (one agent is enough)");
      }
      jvm.load(jar, argument);
      if (jvm.watcher() == null) {
        throw CommandException.couldNot(
            "the agent did not start in "
                + target.pid()
                + ": the standard error of that process says why");
      }
    }
  }

  /** How many connections were stuck before; 0 where the kernel cannot be asked. */
  private int closeWaits() {
    try {
      return ProcessStates.of(pid).census().counts().getOrDefault(TcpState.CLOSE_WAIT, 0);
    } catch (IOException e) {
      return 0;
    }
  }

  private static String before(int stuck) {
    return stuck == 0
        ? "connections opened before that have no open stacks"
        : Phrases.count(stuck, "connection")
            + (stuck == 1 ? " was" : " were")
            + " in CLOSE_WAIT before that: no open stacks for them";
  }

  private static String reportFile(@Nullable String path) {
    return path == null ? "" : ", and to " + path + " as that process sees it";
  }
}
