package java.net;

import java.lang.ref.WeakReference;

/**
 * A thread that used a connection, held weakly: a parked virtual thread holds what is on its stack,
 * often the socket itself.
 */
public final class CloseWaitThread extends WeakReference<Thread> {
  private final String name;

  CloseWaitThread(Thread thread) {
    super(thread);
    this.name = thread.getName();
  }

  /**
   * The name that the thread had at the first scan after it used the connection; empty for most
   * virtual threads.
   */
  public String name() {
    return name;
  }

  /** The thread that {@code holder} stands for; null when it was collected, or there is none. */
  public static Thread of(Object holder) {
    if (holder instanceof CloseWaitThread) {
      return ((CloseWaitThread) holder).get();
    }
    return holder instanceof Thread ? (Thread) holder : null;
  }

  /** True when {@code holder}, a {@link Thread} or one of these, stands for {@code thread}. */
  static boolean isFor(Object holder, Thread thread) {
    return holder == thread
        || (holder instanceof CloseWaitThread && ((CloseWaitThread) holder).refersTo(thread));
  }
}
