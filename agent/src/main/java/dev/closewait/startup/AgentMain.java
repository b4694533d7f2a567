package dev.closewait.startup;

import dev.closewait.config.AgentOptions;
import dev.closewait.config.AgentRequest;
import dev.closewait.config.OptionException;
import dev.closewait.log.AgentLog;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * Where the JVM enters the agent.
 *
 * <p>Whatever goes wrong here, the application runs: one line on standard error says what and what
 * to do.
 */
public final class AgentMain {
  private AgentMain() {}

  /** Called by the JVM for {@code -javaagent:closewait-agent.jar[=options]}. */
  public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
    start(arguments, instrumentation, AgentMode.PREMAIN);
  }

  /**
   * Called by the JVM when the agent is attached to a running process, or a command asks the agent
   * that is there.
   */
  public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
    if (AgentRequest.REPORT.equals(arguments)) {
      report();
    } else {
      start(arguments, instrumentation, AgentMode.ATTACH);
    }
  }

  private static void report() {
    try {
      RunningAgent.report();
    } catch (Throwable t) {
      AgentLog.notice("the report that a command asked for failed: " + t);
    }
  }

  private static void start(
      @Nullable String arguments, Instrumentation instrumentation, AgentMode mode) {
    try {
      AgentOptions options = AgentOptions.parse(arguments, System.getProperties(), System.getenv());
      AgentLog.setLevel(options.logLevel());
      if (!options.enabled()) {
        return;
      }
      String obstacle = StartupChecks.obstacle(instrumentation);
      if (obstacle == null) {
        obstacle = RuntimeClasses.define(instrumentation);
      }
      if (obstacle == null) {
        obstacle = Agent.start(options, instrumentation, mode);
      }
      if (obstacle != null) {
        AgentLog.off(obstacle);
      }
    } catch (OptionException e) {
      AgentLog.off(String.valueOf(e.getMessage()));
    } catch (Throwable t) {
      AgentLog.off("start failed: " + t);
    }
  }
}
