package dev.closewait.cli;

import dev.closewait.config.OptionHelp;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The command that lists the options of the agent. */
@Command(name = "options", description = "Lists the options of the agent.")
final class OptionsCommand implements Callable<Integer> {
  private final PrintStream out;

  OptionsCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    out.print(OptionHelp.text());
    return ExitCodes.DONE;
  }
}
