package dev.closewait.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Where {@code java -jar closewait-agent.jar} begins: it chooses the command, and tells failures.
 */
@Command(
    name = CommandLineMain.NAME,
    description = "Finds sockets that a Java application opened and never closed.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = ManifestVersion.class,
    footer = {
      "",
      "Exit code: 0 done, 1 could not (standard error says why), 2 wrong usage.",
      "To watch a JVM from its start: java -javaagent:closewait-agent.jar[=KEY=VALUE,...] ..."
    })
public final class CommandLineMain implements Callable<Integer> {
  static final String NAME = "java -jar closewait-agent.jar";

  private static final int HELP_WIDTH = 100;
  private static final String PREFIX = "closewait: ";
  private static final String SEE_HELP = " (see " + NAME + " --help)";

  @SuppressWarnings({"unused", "UnusedVariable"}) // picocli sets it
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows this help.")
  private boolean helpWanted;

  @SuppressWarnings({"unused", "UnusedVariable"}) // picocli sets it
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Shows the version.")
  private boolean versionWanted;

  private CommandLineMain() {}

  public static void main(String[] arguments) {
    System.exit(run(System.out, System.err, arguments));
  }

  static int run(PrintStream out, PrintStream err, String... arguments) {
    return new CommandLine(new CommandLineMain())
        .addSubcommand(new StatesCommand(out))
        .addSubcommand(new AttachCommand(out, AgentJar::find))
        .addSubcommand(new ReportCommand(out, AgentJar::find))
        .addSubcommand(new OptionsCommand(out))
        .setUsageHelpWidth(HELP_WIDTH)
        .setOut(writer(out))
        .setErr(writer(err))
        .setParameterExceptionHandler(CommandLineMain::tellWrongUsage)
        .setExecutionExceptionHandler(CommandLineMain::tellFailure)
        .execute(arguments);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /** Without a command there is nothing to do but to say which there are. */
  @Override
  public Integer call() throws CommandException {
    throw CommandException.wrongUsage("no command given" + SEE_HELP);
  }

  private static int tellWrongUsage(ParameterException e, String[] arguments) {
    e.getCommandLine().getErr().println(PREFIX + firstLine(e) + nearMatch(e) + SEE_HELP);
    return ExitCodes.WRONG_USAGE;
  }

  private static String firstLine(ParameterException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong usage");
  }

  private static String nearMatch(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      return "; did you mean \"" + unmatched.getSuggestions().get(0) + "\"?";
    }
    return "";
  }

  private static int tellFailure(
      Exception e, CommandLine command, CommandLine.ParseResult parseResult) {
    if (e instanceof CommandException told) {
      command.getErr().println(PREFIX + told.getMessage());
      return told.exitCode();
    }
    command.getErr().println(PREFIX + "failed: " + e);
    return ExitCodes.COULD_NOT;
  }
}
