package dev.closewait.connection;

import dev.closewait.connection.AwaitedObject.Kind;
import java.net.CloseWaitLocks;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a thread waits for and where another holds it, as far as this JVM tells it of virtual
 * threads too.
 */
public final class LockView {
  private LockView() {}

  public static boolean isVirtual(Thread thread) {
    return CloseWaitLocks.isVirtual(thread);
  }

  /** Most virtual threads have no name of their own. */
  public static String nameOf(Thread thread) {
    return SnapshotFactory.named(thread.getName());
  }

  /** What it is parked on; null when it is not parked, or on nothing that it names. */
  public static @Nullable AwaitedObject parkedOn(Thread thread) {
    Object blocker = LockSupport.getBlocker(thread);
    return blocker == null
        ? null
        : new AwaitedObject(textOf(blocker), Kind.SYNCHRONIZER, CloseWaitLocks.ownerOf(blocker));
  }

  /** The monitor that it waits for; null when there is none, or this JVM does not tell. */
  public static @Nullable AwaitedObject monitorOf(Thread thread) {
    Object entered = CloseWaitLocks.blockedOn(thread);
    if (entered != null) {
      return new AwaitedObject(textOf(entered), Kind.MONITOR, null);
    }
    Object waited = CloseWaitLocks.waitingOn(thread);
    return waited == null ? null : new AwaitedObject(textOf(waited), Kind.NOTIFICATION, null);
  }

  /**
   * The frame in which {@code holder} entered the monitor that the other waits for; null when it
   * does not have it, or this JVM does not tell.
   */
  public static @Nullable StackTraceElement frameHolding(Thread holder, Thread waiting) {
    Object monitor = CloseWaitLocks.blockedOn(waiting);
    return monitor == null ? null : CloseWaitLocks.frameHolding(holder, monitor);
  }

  /** Nothing that a class of the application could have overridden is called. */
  private static String textOf(Object lock) {
    return lock.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(lock));
  }
}
