package dev.closewait.diagnosis;

import dev.closewait.diagnosis.thread.Activity;
import dev.closewait.diagnosis.thread.CpuUse;
import dev.closewait.diagnosis.thread.LockChain;
import java.util.List;

/**
 * One thread as it stood at one moment.
 *
 * @param stack innermost first; empty when the thread has ended meanwhile
 * @param waits how often it has waited or been blocked since it started; -1 when the JVM does not
 *     tell
 * @param standingNanos for how long scans have found it at the same application frame in the same
 *     state: without having gone on between where it waits, in the same method where it runs, and
 *     waiting there again and again where its waits have a time limit
 * @param place the frames that it has not left since, innermost first; the whole stack where it
 *     does not run
 * @param cpu the CPU time that it has used
 * @param locks the threads that it waits for; empty when they were not asked for
 */
public record ThreadLook(
    String name,
    Thread.State state,
    List<StackTraceElement> stack,
    long waits,
    long standingNanos,
    List<StackTraceElement> place,
    CpuUse cpu,
    LockChain locks) {

  public ThreadLook(
      String name,
      Thread.State state,
      List<StackTraceElement> stack,
      long waits,
      long standingNanos) {
    this(name, state, stack, waits, standingNanos, stack, CpuUse.UNKNOWN, LockChain.NONE);
  }

  ThreadLook with(LockChain asked) {
    return new ThreadLook(name, state, stack, waits, standingNanos, place, cpu, asked);
  }

  public Activity activity() {
    return Activity.of(state, stack);
  }

  /**
   * True when it uses the CPU. In a native method it may as well wait, unless it has used CPU time
   * since the last look: who computes calls such methods too.
   */
  public boolean isRunning() {
    return activity() == Activity.RUNS
        || (activity() == Activity.IN_NATIVE_CODE && cpu.lastPercent() > 0);
  }

  /** True when it uses a core for itself, or nearly so, at the same place. */
  public boolean isSpinning() {
    return state == Thread.State.RUNNABLE && cpu.isSpinning();
  }

  /** True when it waits, is blocked, or spins, or is where the kernel may let it wait. */
  public boolean isStanding() {
    return state == Thread.State.BLOCKED
        || state == Thread.State.WAITING
        || state == Thread.State.TIMED_WAITING
        || isSpinning()
        || isWaitingForNetwork()
        || activity() == Activity.IN_NATIVE_CODE;
  }

  /** True when it waits for the network: for data, for a connection, or in a selector. */
  public boolean isWaitingForNetwork() {
    return activity().isNetwork();
  }

  /** What it does, in words. */
  public String doing() {
    return isSpinning() ? "spins, with " + cpu.percent() + "% of a core," : activity().words();
  }
}
