package dev.closewait.startup;

import dev.closewait.diagnosis.AgentIdentity;
import dev.closewait.diagnosis.ProcessIdentity;
import java.time.Instant;

/** Who is watched, and by whom; asked on the scanner thread, after the application has started. */
final class Identities {
  private Identities() {}

  static ProcessIdentity process() {
    ProcessHandle self = ProcessHandle.current();
    return new ProcessIdentity(
        self.pid(),
        mainClass(),
        System.getProperty("java.version", "?")
            + " ("
            + System.getProperty("java.vendor", "?")
            + ")",
        System.getProperty("os.name", "?")
            + " "
            + System.getProperty("os.version", "?")
            + " "
            + System.getProperty("os.arch", "?"),
        self.info().startInstant().orElse(Instant.now()));
  }

  static AgentIdentity agent(AgentMode mode, Instant attachedAt) {
    return new AgentIdentity(AgentVersion.NAME, mode.reportName(), attachedAt);
  }

  /** {@code sun.java.command} is the main class or jar with its arguments (HotSpot). */
  private static String mainClass() {
    String command = System.getProperty("sun.java.command", "?");
    int end = command.indexOf(' ');
    return end < 0 ? command : command.substring(0, end);
  }
}
