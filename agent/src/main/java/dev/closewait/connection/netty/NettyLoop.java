package dev.closewait.connection.netty;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * The event loop of a channel at one moment.
 *
 * @param thread the thread that runs it; null when it has none or it is not known
 * @param threadKnown false when its class hides its thread
 * @param pendingTasks tasks in its queue; -1 when it cannot be asked without waiting for it
 * @param siblings event loops of its group, itself included; 0 when not known
 * @param idleSiblings those of {@code siblings} that have no thread
 */
public record NettyLoop(
    String className,
    @Nullable String threadName,
    @Nullable WeakReference<Thread> thread,
    boolean threadKnown,
    boolean shuttingDown,
    boolean terminated,
    long pendingTasks,
    int siblings,
    int idleSiblings) {

  /** True when no thread runs it: its executor has not run it, or it has ended. */
  public boolean hasNoThread() {
    return threadKnown && threadName == null;
  }
}
