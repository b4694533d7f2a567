package dev.closewait.diagnosis.thread;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM counts and knows of one platform thread.
 *
 * <p>The only user of {@link ThreadMXBean}, which brings classes of JMX with it: loaded when the
 * first finding points to a thread, never before. A trimmed JDK may lack it, and it does not know
 * virtual threads. Synchronizers that a thread holds are never asked for: HotSpot stops the JVM and
 * walks the whole heap for them (VM_ThreadDump in vmOperations.cpp; 40 ms for half a gigabyte on 17
 * and 25), and their owner is a field that can be read.
 */
public final class ThreadQuestions {
  private static final long UNKNOWN = -1;

  private @Nullable Object bean;
  private boolean missing;

  /**
   * What the JVM counts of one thread; -1 for what it does not tell.
   *
   * @param waits how often it has waited or been blocked since it started
   * @param cpuNanos the CPU time that it has used
   */
  public record Counters(long waits, long cpuNanos) {}

  /**
   * One thread with its monitors, all at one moment.
   *
   * @param lock what it waits for, class and identity hash code; null when it does not
   * @param ownerId of the thread that has that lock; -1 when there is none
   * @param ownerName the name of that thread; null when there is none
   * @param heldAt where it has entered each monitor that it holds, by the name of the monitor
   */
  record Portrait(
      String name,
      Thread.State state,
      List<StackTraceElement> stack,
      @Nullable String lock,
      long ownerId,
      @Nullable String ownerName,
      Map<String, StackTraceElement> heldAt) {}

  public Counters countersOf(Thread thread) {
    if (missing) {
      return new Counters(UNKNOWN, UNKNOWN);
    }
    try {
      long id = idOf(thread);
      ThreadInfo info = bean().getThreadInfo(id);
      return info == null
          ? new Counters(UNKNOWN, UNKNOWN)
          : new Counters(
              info.getWaitedCount() + info.getBlockedCount(), bean().getThreadCpuTime(id));
    } catch (LinkageError | RuntimeException e) {
      missing = true;
      return new Counters(UNKNOWN, UNKNOWN);
    }
  }

  /** Stops the JVM for a moment; null for a virtual thread, and for one that has ended. */
  @Nullable Portrait portraitOf(long id) {
    return ask(id, true);
  }

  /** The same without stack and monitors, which does not stop the JVM. */
  @Nullable Portrait sketchOf(long id) {
    return ask(id, false);
  }

  private @Nullable Portrait ask(long id, boolean withMonitors) {
    if (missing) {
      return null;
    }
    try {
      ThreadInfo info =
          withMonitors
              ? bean().getThreadInfo(new long[] {id}, true, false)[0]
              : bean().getThreadInfo(id);
      return info == null ? null : portrait(info);
    } catch (LinkageError | RuntimeException e) {
      missing = true;
      return null;
    }
  }

  private static Portrait portrait(ThreadInfo info) {
    LockInfo lock = info.getLockInfo();
    Map<String, StackTraceElement> heldAt = new HashMap<>();
    // The innermost first: what was entered again counts where it was entered first.
    for (MonitorInfo monitor : info.getLockedMonitors()) {
      if (monitor.getLockedStackFrame() != null) {
        heldAt.put(nameOf(monitor), monitor.getLockedStackFrame());
      }
    }
    return new Portrait(
        info.getThreadName(),
        info.getThreadState(),
        Arrays.asList(info.getStackTrace()),
        lock == null ? null : nameOf(lock),
        info.getLockOwnerId(),
        info.getLockOwnerName(),
        heldAt);
  }

  private static String nameOf(LockInfo lock) {
    return lock.getClassName() + "@" + Integer.toHexString(lock.getIdentityHashCode());
  }

  private ThreadMXBean bean() {
    if (bean == null) {
      bean = ManagementFactory.getThreadMXBean();
    }
    return (ThreadMXBean) bean;
  }

  /** {@code Thread.threadId()} is not in Java 17. */
  @SuppressWarnings("deprecation")
  static long idOf(Thread thread) {
    return thread.getId();
  }
}
