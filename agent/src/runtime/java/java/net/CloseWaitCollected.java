package java.net;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A connection that the garbage collector closed, and those before it: a list without a lock. */
public final class CloseWaitCollected {
  /** Kept until the next scan; more are only counted. */
  private static final int MOST = 10_000;

  private static final AtomicReference<CloseWaitCollected> LAST = new AtomicReference<>();
  private static final AtomicLong UNSEEN = new AtomicLong();

  private final CloseWaitRecord entry;
  private final CloseWaitCollected previous;
  private final int size;

  private CloseWaitCollected(CloseWaitRecord entry, CloseWaitCollected previous) {
    this.entry = entry;
    this.previous = previous;
    this.size = previous == null ? 1 : previous.size + 1;
  }

  /** Takes those that were closed since the last call, at most 10,000, in their order. */
  public static CloseWaitRecord[] take() {
    CloseWaitCollected last = LAST.getAndSet(null);
    CloseWaitRecord[] entries = new CloseWaitRecord[last == null ? 0 : last.size];
    for (CloseWaitCollected c = last; c != null; c = c.previous) {
      entries[c.size - 1] = c.entry;
    }
    return entries;
  }

  /** How many were too many to keep until a scan. */
  public static long unseen() {
    return UNSEEN.get();
  }

  static void add(CloseWaitRecord entry) {
    CloseWaitCollected last;
    do {
      last = LAST.get();
      if (last != null && last.size >= MOST) {
        UNSEEN.incrementAndGet();
        return;
      }
    } while (!LAST.compareAndSet(last, new CloseWaitCollected(entry, last)));
  }
}
