package java.net;

/** What the scanner notes about a connection from scan to scan; no hook reads or writes it. */
public abstract class CloseWaitNotes extends CloseWaitOrigin {
  private long stuckSinceNanos;
  private boolean collectedSeen;
  private CloseWaitUnread unread;

  CloseWaitNotes(
      Object handle, int descriptor, byte kind, byte transport, CloseWaitRecord listener, long id) {
    super(handle, descriptor, kind, transport, listener, id);
  }

  /** Notes whether the connection is stuck; returns since when it has been, 0 when it is not. */
  public final long stuck(boolean isStuck, long now) {
    if (!isStuck) {
      stuckSinceNanos = 0;
    } else if (stuckSinceNanos == 0) {
      stuckSinceNanos = now;
    }
    return stuckSinceNanos;
  }

  /** True when an earlier call has found the handle collected already. */
  public final boolean wasCollectedBefore() {
    boolean before = collectedSeen;
    collectedSeen = refersTo(null);
    return before;
  }

  /** What lies unread. */
  public final CloseWaitUnread unread() {
    if (unread == null) {
      unread = new CloseWaitUnread();
    }
    return unread;
  }
}
