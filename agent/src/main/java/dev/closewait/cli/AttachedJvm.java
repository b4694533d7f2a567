package dev.closewait.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.VirtualMachine;
import java.io.File;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The connection to a running JVM that takes an agent; used by one thread. */
final class AttachedJvm implements AutoCloseable {
  /** Set by the runtime half ({@code CloseWaitWatcher}), as the next one is. */
  private static final String WATCHER_PROPERTY = "closewait.watcher";

  private static final String REPORT_PROPERTY = "closewait.report";

  private final long pid;
  private final VirtualMachine jvm;

  AttachedJvm(long pid, VirtualMachine jvm) {
    this.pid = pid;
    this.jvm = jvm;
  }

  /** The agent of ours that watches the JVM; null when there is none. */
  @Nullable String watcher() throws CommandException {
    return property(WATCHER_PROPERTY);
  }

  /** The text that the agent there has shown last; null when it has shown none. */
  @Nullable String report() throws CommandException {
    return property(REPORT_PROPERTY);
  }

  /** Loads the agent; returns when it has started, or has said on that side why it has not. */
  void load(File jar, String argument) throws CommandException {
    try {
      jvm.loadAgent(jar.getPath(), argument);
    } catch (AgentLoadException e) {
      throw CommandException.couldNot(obstacle(jar, String.valueOf(e.getMessage())));
    } catch (AgentInitializationException | IOException e) {
      throw CommandException.couldNot(
          "the agent did not start in "
              + pid
              + ": "
              + e.getMessage()
              + " (see its standard error)");
    }
  }

  private @Nullable String property(String name) throws CommandException {
    try {
      return jvm.getAgentProperties().getProperty(name);
    } catch (IOException e) {
      throw CommandException.couldNot(pid + " does not answer: " + e.getMessage());
    }
  }

  private String obstacle(File jar, String message) {
    if (message.contains("EnableDynamicAgentLoading")) {
      return pid
          + " takes no agents while it runs: start it with -XX:+EnableDynamicAgentLoading, or with"
          + " -javaagent:closewait-agent.jar";
    }
    return pid
        + " cannot load "
        + jar
        + ": "
        + message
        + " (that process must find and may read it under this path)";
  }

  @Override
  public void close() throws CommandException {
    try {
      jvm.detach();
    } catch (IOException e) {
      throw CommandException.couldNot("detaching from " + pid + " failed: " + e.getMessage());
    }
  }
}
