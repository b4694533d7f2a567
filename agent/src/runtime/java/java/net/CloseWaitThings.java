package java.net;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The objects of client libraries that stand for connections, pools and clients, by identity.
 *
 * <p>No lock: things are put in front of their bucket by compare-and-set; only the scanner takes
 * out those whose object was collected. Bounded: what comes when it is full is not known.
 */
public final class CloseWaitThings {
  private static final int BUCKETS = 1 << 14;
  private static final int MAX_THINGS = 200_000;

  private final AtomicReferenceArray<CloseWaitThing> buckets = new AtomicReferenceArray<>(BUCKETS);
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicInteger ids = new AtomicInteger();

  CloseWaitThings() {}

  /** Null when the object is null or not known. */
  public CloseWaitThing get(Object object) {
    return object == null ? null : find(object, System.identityHashCode(object));
  }

  /** Null when the object is null, or there are too many. */
  CloseWaitThing getOrAdd(Object object) {
    if (object == null) {
      return null;
    }
    int hash = System.identityHashCode(object);
    CloseWaitThing known = find(object, hash);
    return known == null ? add(object, hash) : known;
  }

  private CloseWaitThing find(Object object, int hash) {
    CloseWaitThing thing = buckets.getAcquire(bucketOf(hash));
    while (thing != null && !(thing.hash == hash && thing.refersTo(object))) {
      thing = thing.next;
    }
    return thing;
  }

  private CloseWaitThing add(Object object, int hash) {
    if (count.get() >= MAX_THINGS) {
      return null;
    }
    CloseWaitThing fresh = new CloseWaitThing(object, hash, ids.incrementAndGet());
    int bucket = bucketOf(hash);
    while (true) {
      CloseWaitThing head = buckets.getAcquire(bucket);
      fresh.next = head;
      CloseWaitThing known = find(object, hash);
      if (known != null) {
        return known;
      }
      if (buckets.compareAndSet(bucket, head, fresh)) {
        count.incrementAndGet();
        return fresh;
      }
    }
  }

  private static int bucketOf(int hash) {
    return (hash ^ (hash >>> 14)) & (BUCKETS - 1);
  }

  /** How many there are; a walk over all of them may find more. */
  public int size() {
    return count.get();
  }

  /** How many chains of things there are, each reached by {@link #first} and {@link #after}. */
  public int chains() {
    return BUCKETS;
  }

  public CloseWaitThing first(int chain) {
    return buckets.getAcquire(chain);
  }

  public CloseWaitThing after(CloseWaitThing thing) {
    return thing.next;
  }

  /** Takes out the things whose object was collected; called by one thread only. */
  public void purge() {
    for (int bucket = 0; count.get() > 0 && bucket < BUCKETS; bucket++) {
      purge(bucket);
    }
  }

  /** One that a new thing is put in front of meanwhile stays until the next call. */
  private void purge(int bucket) {
    CloseWaitThing kept = null;
    CloseWaitThing thing = buckets.getAcquire(bucket);
    while (thing != null) {
      CloseWaitThing next = thing.next;
      if (!thing.refersTo(null)) {
        kept = thing;
      } else if (kept != null) {
        kept.next = next;
        count.decrementAndGet();
      } else if (buckets.compareAndSet(bucket, thing, next)) {
        count.decrementAndGet();
      } else {
        kept = thing;
      }
      thing = next;
    }
  }

  void clear() {
    for (int bucket = 0; count.get() > 0 && bucket < BUCKETS; bucket++) {
      buckets.set(bucket, null);
    }
    count.set(0);
  }
}
