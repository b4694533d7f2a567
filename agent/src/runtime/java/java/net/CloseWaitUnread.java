package java.net;

/** How many bytes lay unread in a connection when the scanner asked, since its last use. */
public final class CloseWaitUnread {
  private long lastUseNanos;
  private int bytes;
  private long sinceNanos;
  private long askedIdleNanos;

  CloseWaitUnread() {}

  /** Forgets what was noted before the last use. */
  public void startWith(long useNanos) {
    if (useNanos != lastUseNanos) {
      lastUseNanos = useNanos;
      bytes = 0;
      askedIdleNanos = 0;
    }
  }

  /**
   * @param idleNanos for how long the connection has been out of use
   */
  public void note(int unread, long idleNanos, long now) {
    if (unread != bytes) {
      bytes = unread;
      sinceNanos = now;
    }
    askedIdleNanos = idleNanos;
  }

  public int bytes() {
    return bytes;
  }

  /** Since when {@link #bytes} has not changed. */
  public long sinceNanos() {
    return sinceNanos;
  }

  /** For how long the connection had been out of use when it was asked last; 0 before. */
  public long askedIdleNanos() {
    return askedIdleNanos;
  }
}
