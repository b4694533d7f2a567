package dev.closewait.diagnosis;

import java.util.List;

/**
 * One thread as it stood at one moment.
 *
 * @param stack innermost first; empty when the thread has ended meanwhile
 * @param waits how often it has waited or been blocked since it started; -1 when the JVM does not
 *     tell
 * @param standingNanos for how long scans have found it at the same application frame in the same
 *     state, without having gone on between
 */
public record ThreadLook(
    String name,
    Thread.State state,
    List<StackTraceElement> stack,
    long waits,
    long standingNanos) {

  /**
   * True when it waits or is blocked, or stands in a native method; a wait with a time limit may be
   * one of many in a loop, which only {@link #waits} tells.
   */
  public boolean isStanding() {
    return state == Thread.State.BLOCKED
        || state == Thread.State.WAITING
        || (state == Thread.State.TIMED_WAITING && waits >= 0)
        || (state == Thread.State.RUNNABLE && !stack.isEmpty() && stack.get(0).isNativeMethod());
  }

  /** True when it waits for the network: for data, for a connection, or in a selector. */
  public boolean isWaitingForNetwork() {
    return !stack.isEmpty()
        && (isNetwork(stack.get(0)) || (stack.size() > 1 && isNetwork(stack.get(1))));
  }

  private static boolean isNetwork(StackTraceElement frame) {
    return frame.getClassName().startsWith("sun.nio.ch.")
        || frame.getClassName().startsWith("java.net.");
  }

  /** What it does, in words. */
  public String doing() {
    return switch (state) {
      case BLOCKED -> "is blocked on a monitor";
      case WAITING -> "waits";
      case TIMED_WAITING -> stack.isEmpty() || !isSleep(stack) ? "waits" : "sleeps";
      case TERMINATED -> "has ended";
      default -> "runs";
    };
  }

  private static boolean isSleep(List<StackTraceElement> stack) {
    for (int i = 0; i < Math.min(3, stack.size()); i++) {
      if (stack.get(i).getMethodName().startsWith("sleep")) {
        return true;
      }
    }
    return false;
  }
}
