package java.net;

import jdk.internal.vm.VMSupport;

/**
 * Lets a command in another process see that this JVM is watched: the attach API shows the agent
 * properties ({@code HotSpotVirtualMachine.getAgentProperties} of JDK 17 to 25), the application
 * has no way to them.
 */
final class CloseWaitWatcher {
  /** Read by the command line ({@code AttachedJvm}). */
  private static final String PROPERTY = "closewait.watcher";

  private CloseWaitWatcher() {}

  static void announce(String watcher) {
    try {
      VMSupport.getAgentProperties().setProperty(PROPERTY, watcher);
    } catch (LinkageError e) {
      // Not in this JDK: only the command line misses it.
    }
  }

  static void withdraw() {
    try {
      VMSupport.getAgentProperties().remove(PROPERTY);
    } catch (LinkageError e) {
      // Nor was it announced.
    }
  }
}
