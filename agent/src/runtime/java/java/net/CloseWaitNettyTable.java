package java.net;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The open Netty channels of this JVM by identity, held weakly: a native channel has no descriptor
 * that a hook could see.
 *
 * <p>No lock: each bucket is an array that is replaced as a whole by compare-and-set and never
 * changed, so that two connections meet only when their hash codes do.
 */
public final class CloseWaitNettyTable {
  /** 128 KiB of references; three records a bucket with 100,000 channels. */
  private static final int BUCKETS = 1 << 15;

  private static final CloseWaitNettyRecord[] EMPTY = {};

  private static final AtomicReferenceArray<CloseWaitNettyRecord[]> TABLE =
      new AtomicReferenceArray<>(BUCKETS);
  private static final AtomicInteger SIZE = new AtomicInteger();

  private CloseWaitNettyTable() {}

  // ---- called by the agent ----

  public static int buckets() {
    return BUCKETS;
  }

  /** The records of one bucket, not to be written to. */
  public static CloseWaitNettyRecord[] bucket(int index) {
    CloseWaitNettyRecord[] bucket = TABLE.getAcquire(index);
    return bucket == null ? EMPTY : bucket;
  }

  public static boolean isEmpty() {
    return SIZE.get() == 0;
  }

  /** The record of a channel; null when there is none. */
  public static CloseWaitNettyRecord find(Object channel) {
    int hash = System.identityHashCode(channel);
    for (CloseWaitNettyRecord entry : bucket(hash & (BUCKETS - 1))) {
      if (entry.refersTo(channel)) {
        return entry;
      }
    }
    return null;
  }

  /** Forgets a channel whose close no hook has seen. */
  public static void forget(CloseWaitNettyRecord entry) {
    if (remove(entry) && entry.isNative() && !entry.isListener()) {
      CloseWaitControl.countClosed();
    }
  }

  // ---- called by the hooks ----

  static void created(Object channel, Object parent) {
    int kind = CloseWaitNettyKinds.of(channel);
    if (kind == CloseWaitNettyKinds.NONE || find(channel) != null) {
      return;
    }
    CloseWaitNettyRecord accepting = parent == null ? null : recordOf(parent);
    boolean listener = CloseWaitNettyKinds.isListener(kind);
    // Those that are bound are few and live long: their stack is always taken.
    boolean sampled =
        parent == null && (listener || CloseWaitControl.BUDGET.take(CloseWaitBudget.OPEN, kind));
    if (accepting != null) {
      accepting.acceptedOne(CloseWaitControl.clock());
    }
    long id = CloseWaitControl.nextNettyId(SIZE.get());
    if (id >= 0) {
      add(new CloseWaitNettyRecord(channel, kind, accepting, id, sampled));
    }
  }

  /** The record of a channel; of one that was there before the agent, a new one. */
  static CloseWaitNettyRecord recordOf(Object channel) {
    if (channel == null) {
      return null;
    }
    CloseWaitNettyRecord entry = find(channel);
    if (entry != null || !CloseWaitControl.adopting()) {
      return entry;
    }
    int kind = CloseWaitNettyKinds.of(channel);
    long id = kind == CloseWaitNettyKinds.NONE ? -1 : CloseWaitControl.nextNettyId(SIZE.get());
    if (id < 0) {
      return null;
    }
    entry = new CloseWaitNettyRecord(channel, kind, id);
    add(entry);
    return entry;
  }

  static void closed(Object channel) {
    CloseWaitNettyRecord entry = channel == null ? null : find(channel);
    if (entry != null) {
      forget(entry);
    }
  }

  static void clear() {
    if (SIZE.get() == 0) {
      return;
    }
    for (int i = 0; i < BUCKETS; i++) {
      CloseWaitNettyRecord[] bucket = TABLE.getAndSet(i, null);
      SIZE.addAndGet(bucket == null ? 0 : -bucket.length);
    }
  }

  private static void add(CloseWaitNettyRecord entry) {
    int index = entry.hash() & (BUCKETS - 1);
    CloseWaitNettyRecord[] bucket;
    CloseWaitNettyRecord[] longer;
    do {
      bucket = TABLE.getAcquire(index);
      int length = bucket == null ? 0 : bucket.length;
      longer = new CloseWaitNettyRecord[length + 1];
      if (length > 0) {
        System.arraycopy(bucket, 0, longer, 0, length);
      }
      longer[length] = entry;
    } while (!TABLE.compareAndSet(index, bucket, longer));
    SIZE.incrementAndGet();
    if (entry.isNative() && !entry.isListener()) {
      CloseWaitControl.countOpened();
    }
  }

  private static boolean remove(CloseWaitNettyRecord entry) {
    int index = entry.hash() & (BUCKETS - 1);
    while (true) {
      CloseWaitNettyRecord[] bucket = TABLE.getAcquire(index);
      int at = indexOf(entry, bucket);
      if (at < 0) {
        return false;
      }
      if (TABLE.compareAndSet(index, bucket, without(at, bucket))) {
        SIZE.decrementAndGet();
        return true;
      }
    }
  }

  private static int indexOf(CloseWaitNettyRecord entry, CloseWaitNettyRecord[] bucket) {
    int length = bucket == null ? 0 : bucket.length;
    for (int i = 0; i < length; i++) {
      if (bucket[i] == entry) {
        return i;
      }
    }
    return -1;
  }

  private static CloseWaitNettyRecord[] without(int at, CloseWaitNettyRecord[] bucket) {
    if (bucket.length == 1) {
      return null;
    }
    CloseWaitNettyRecord[] shorter = new CloseWaitNettyRecord[bucket.length - 1];
    System.arraycopy(bucket, 0, shorter, 0, at);
    System.arraycopy(bucket, at + 1, shorter, at, shorter.length - at);
    return shorter;
  }
}
