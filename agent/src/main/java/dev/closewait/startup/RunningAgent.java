package dev.closewait.startup;

import java.net.CloseWaitWatcher;

/** The agent that watches this JVM already, as a second attach reaches it. */
final class RunningAgent {
  private RunningAgent() {}

  /** Lets it show its report to the command that has asked; without an agent nothing is shown. */
  static void report() {
    if (RuntimeClasses.arePresent()) {
      CloseWaitWatcher.report();
    }
  }
}
