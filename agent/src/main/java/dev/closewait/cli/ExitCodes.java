package dev.closewait.cli;

/** What the command line tells a script. */
final class ExitCodes {
  static final int DONE = 0;
  static final int COULD_NOT = 1;
  static final int WRONG_USAGE = 2;

  private ExitCodes() {}
}
