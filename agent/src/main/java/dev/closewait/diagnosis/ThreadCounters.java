package dev.closewait.diagnosis;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/**
 * How often a thread has waited: equal counts prove that it has not gone on in between.
 *
 * <p>The only user of {@link ThreadMXBean}, which brings classes of JMX with it: loaded when the
 * first finding points to a thread, never before. A trimmed JDK may lack it, and it does not know
 * virtual threads.
 */
final class ThreadCounters {
  private static final long UNKNOWN = -1;

  private @Nullable Object bean;
  private boolean missing;

  /** Waits and blocks since the thread started; -1 when the JVM does not tell. */
  long waitsOf(Thread thread) {
    if (missing) {
      return UNKNOWN;
    }
    try {
      ThreadInfo info = bean().getThreadInfo(idOf(thread));
      return info == null ? UNKNOWN : info.getWaitedCount() + info.getBlockedCount();
    } catch (LinkageError | RuntimeException e) {
      missing = true;
      return UNKNOWN;
    }
  }

  private ThreadMXBean bean() {
    if (bean == null) {
      bean = ManagementFactory.getThreadMXBean();
    }
    return (ThreadMXBean) bean;
  }

  /** {@code Thread.threadId()} is not in Java 17. */
  @SuppressWarnings("deprecation")
  private static long idOf(Thread thread) {
    return thread.getId();
  }
}
