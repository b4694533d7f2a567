package dev.closewait.cli;

import dev.closewait.config.AgentRequest;
import dev.closewait.kernel.ProcessStates;
import dev.closewait.kernel.TcpState;
import dev.closewait.report.text.Phrases;
import java.io.File;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Puts the agent into a running JVM, and asks the one that is there.
 *
 * @param jar of the agent, as that process must find it too
 */
record AgentLoader(AttachTarget target, File jar) {

  /** Finds the jar of the agent. */
  @FunctionalInterface
  interface JarFinder {
    File find() throws CommandException;
  }

  static AgentLoader of(long pid, JarFinder jarFinder) throws CommandException {
    File jar = jarFinder.find();
    checkAttachApi();
    return new AgentLoader(AttachTarget.of(pid), jar);
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

  /** The agent that watches the JVM; null when there is none. */
  @Nullable String watcher() throws CommandException {
    try (AttachedJvm jvm = target.attach()) {
      return jvm.watcher();
    }
  }

  /**
   * Starts the agent; returns a sentence that says so.
   *
   * @throws CommandException also when there is one already
   */
  String start(AgentArgument argument) throws CommandException {
    int stuckBefore = closeWaits();
    long start = System.nanoTime();
    try (AttachedJvm jvm = target.attach()) {
      String watcher = jvm.watcher();
      if (watcher != null) {
        throw CommandException.couldNot(
            target.pid()
                + " is watched already, by "
                + watcher
                + "; nothing was done (one agent is enough)");
      }
      jvm.load(jar, argument.text());
      if (jvm.watcher() == null) {
        throw CommandException.couldNot(
            "the agent did not start in "
                + target.pid()
                + ": the standard error of that process says why");
      }
    }
    return "closewait: attached to "
        + target.pid()
        + " in "
        + Phrases.duration(System.nanoTime() - start)
        + "; "
        + before(stuckBefore);
  }

  /** What the agent there has found. */
  String report() throws CommandException {
    try (AttachedJvm jvm = target.attach()) {
      jvm.load(jar, AgentRequest.REPORT);
      String report = jvm.report();
      if (report == null) {
        throw CommandException.couldNot(
            "the agent in "
                + target.pid()
                + " has shown no report (its standard error says why; or it has not begun to scan:"
                + " try again)");
      }
      return report;
    }
  }

  /** How many connections were stuck before; 0 where the kernel cannot be asked. */
  private int closeWaits() {
    try {
      return ProcessStates.of(target.pid()).census().counts().getOrDefault(TcpState.CLOSE_WAIT, 0);
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
}
