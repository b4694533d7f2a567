package java.net;

import java.lang.ref.WeakReference;

/**
 * A thread that used a connection, held weakly from the start: a parked virtual thread holds what
 * is on its stack, often the socket itself.
 */
public final class CloseWaitThread extends WeakReference<Thread> {
  private final String name;
  private final boolean virtual;

  CloseWaitThread(Thread thread) {
    super(thread);
    this.name = thread.getName();
    this.virtual = CloseWaitFields.isVirtual(thread);
  }

  /**
   * The name that the thread had when it first used the connection; empty for most virtual threads.
   */
  public String name() {
    return name;
  }

  /** True for a thread that the JVM may forget while it waits, when nothing else refers to it. */
  public boolean isVirtual() {
    return virtual;
  }
}
