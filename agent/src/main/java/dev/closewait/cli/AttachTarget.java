package dev.closewait.cli;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.closewait.kernel.CaughtSignals;
import java.io.IOException;
import java.util.List;

/**
 * A process that is to be attached to: it exists, and being asked does it no harm.
 *
 * @param user who runs it, as the system names them; empty when that cannot be told
 */
record AttachTarget(long pid, String user) {
  private static final String INSTEAD = "start it with -javaagent:closewait-agent.jar instead";

  private static final String DISABLED = "-XX:+DisableAttachMechanism";

  static AttachTarget of(long pid) throws CommandException {
    ProcessHandle process = ProcessHandle.of(pid).orElse(null);
    if (process == null) {
      throw CommandException.couldNot("there is no process " + pid + " (jps lists JVMs)");
    }
    checkThatAskingDoesNoHarm(process);
    return new AttachTarget(pid, process.info().user().orElse(""));
  }

  /**
   * The attach API asks by SIGQUIT. A JVM that must not answer writes a thread dump instead, and
   * the API of JDK 17 sends it to any process, which mostly ends it.
   */
  private static void checkThatAskingDoesNoHarm(ProcessHandle process) throws CommandException {
    long pid = process.pid();
    String[] arguments = process.info().arguments().orElse(new String[0]);
    if (List.of(arguments).contains(DISABLED)) {
      throw CommandException.couldNot(disabled(pid));
    }
    if (CaughtSignals.ofProcess(pid).surelyLeaveOutQuit()) {
      throw CommandException.couldNot(
          pid + " is not a JVM, or runs with -Xrs (jps lists JVMs; " + INSTEAD + ")");
    }
  }

  AttachedJvm attach() throws CommandException {
    try {
      return new AttachedJvm(pid, VirtualMachine.attach(Long.toString(pid)));
    } catch (AttachNotSupportedException | IOException e) {
      throw CommandException.couldNot(obstacle(String.valueOf(e.getMessage())));
    }
  }

  private String obstacle(String message) {
    String me = System.getProperty("user.name", "");
    if (!user.isEmpty() && !user.equals(me)) {
      return pid
          + " belongs to "
          + user
          + " and this command runs as "
          + me
          + " (run it as "
          + user
          + "; "
          + message
          + ")";
    }
    // jdk.attach, sun.tools.attach.HotSpotAttachProvider.testAttachable, JDK 17 to 25.
    if (message.contains("does not support the attach mechanism")) {
      return disabled(pid);
    }
    return pid + " does not let this command attach: " + message + " (" + INSTEAD + ")";
  }

  private static String disabled(long pid) {
    return pid + " runs with " + DISABLED + " (" + INSTEAD + ")";
  }
}
