package java.net;

import java.util.function.Supplier;
import jdk.internal.vm.VMSupport;

/**
 * Lets a command in another process see that this JVM is watched, and what was found: the attach
 * API shows the agent properties ({@code HotSpotVirtualMachine.getAgentProperties} of JDK 17 to
 * 25), the application has no way to them.
 */
public final class CloseWaitWatcher {
  /** Read by the command line ({@code AttachedJvm}), as the next one is. */
  private static final String WATCHER = "closewait.watcher";

  private static final String REPORT = "closewait.report";

  private static volatile Supplier<String> reporter;

  private CloseWaitWatcher() {}

  /**
   * Who writes the report that a command asks for; null when there is none any more.
   *
   * @param next called on the thread that serves the command
   */
  public static void reportsBy(Supplier<String> next) {
    reporter = next;
  }

  /** Shows the present report to the command that has asked for it. */
  public static void report() {
    Supplier<String> current = reporter;
    if (current == null) {
      withdraw(REPORT);
    } else {
      show(REPORT, current.get());
    }
  }

  static void announce(String watcher) {
    show(WATCHER, watcher);
  }

  static void withdraw() {
    reporter = null;
    withdraw(WATCHER);
    withdraw(REPORT);
  }

  private static void show(String property, String text) {
    try {
      VMSupport.getAgentProperties().setProperty(property, text);
    } catch (LinkageError e) {
      // Not in this JDK: only the command line misses it.
    }
  }

  private static void withdraw(String property) {
    try {
      VMSupport.getAgentProperties().remove(property);
    } catch (LinkageError e) {
      // Nor was it announced.
    }
  }
}
