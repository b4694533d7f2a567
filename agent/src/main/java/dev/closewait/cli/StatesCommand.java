package dev.closewait.cli;

import dev.closewait.kernel.ProcessStates;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command that counts the sockets of a process as the kernel sees them, from outside. */
@Command(
    name = "states",
    description = {
      "Counts the TCP sockets of a process by state; the process is not touched.",
      "\"by port\" counts what no descriptor holds, by the ports that the process listens on."
    })
final class StatesCommand implements Callable<Integer> {
  private final PrintStream out;

  @Parameters(paramLabel = "PID", description = "The process, Java or not; Linux only.")
  private long pid;

  StatesCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws CommandException {
    try {
      out.print(StatesText.of(ProcessStates.of(pid)));
    } catch (IOException e) {
      throw CommandException.couldNot(String.valueOf(e.getMessage()));
    }
    return ExitCodes.DONE;
  }
}
