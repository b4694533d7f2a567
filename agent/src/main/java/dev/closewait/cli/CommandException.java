package dev.closewait.cli;

/** Why a command did nothing: one line for the user, with the cure, and the exit code. */
final class CommandException extends Exception {

  private final int exitCode;

  private CommandException(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  static CommandException couldNot(String message) {
    return new CommandException(message, ExitCodes.COULD_NOT);
  }

  static CommandException wrongUsage(String message) {
    return new CommandException(message, ExitCodes.WRONG_USAGE);
  }

  int exitCode() {
    return exitCode;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
