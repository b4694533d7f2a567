package java.net;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The open connections and listening sockets of this JVM by descriptor number, which is dense,
 * unique among open sockets and the kernel's own key.
 *
 * <p>No lock: a slot is written when its descriptor is born and cleared before the kernel can hand
 * the number out again, so two threads never write one slot at a time; those that first use a
 * socket from before an attach may, and agree by compare-and-set. Chunks are added likewise, and
 * stay.
 */
public final class CloseWaitTable {
  private static final int CHUNK_BITS = 10;
  private static final int CHUNK = 1 << CHUNK_BITS;

  /** Covers descriptor numbers below 4,194,304; Linux allows 1,048,576 by default (fs.nr_open). */
  private static final int CHUNKS = 4096;

  private final AtomicReferenceArray<AtomicReferenceArray<CloseWaitRecord>> chunks =
      new AtomicReferenceArray<>(CHUNKS);

  private volatile boolean used;

  CloseWaitTable() {}

  /** The record of a descriptor, or null. */
  public CloseWaitRecord get(int descriptor) {
    AtomicReferenceArray<CloseWaitRecord> chunk = chunk(descriptor);
    return chunk == null ? null : chunk.getAcquire(descriptor & (CHUNK - 1));
  }

  /** One more than the highest descriptor number that may have a record. */
  public int limit() {
    int used = CHUNKS;
    while (used > 0 && chunks.getAcquire(used - 1) == null) {
      used--;
    }
    return used << CHUNK_BITS;
  }

  /** False for numbers that have no slot. */
  static boolean covers(int descriptor) {
    return descriptor >= 0 && descriptor >> CHUNK_BITS < CHUNKS;
  }

  /** Returns the record that stood there: one whose close was not seen; null as a rule. */
  CloseWaitRecord put(CloseWaitRecord entry) {
    AtomicReferenceArray<CloseWaitRecord> chunk = chunkFor(entry.descriptor());
    int index = entry.descriptor() & (CHUNK - 1);
    CloseWaitRecord previous = chunk.getAcquire(index);
    chunk.setRelease(index, entry);
    return previous;
  }

  /** Returns the record that was there first; null when that is the given one. */
  CloseWaitRecord putIfAbsent(CloseWaitRecord entry) {
    int index = entry.descriptor() & (CHUNK - 1);
    return chunkFor(entry.descriptor()).compareAndExchange(index, null, entry);
  }

  CloseWaitRecord remove(int descriptor) {
    AtomicReferenceArray<CloseWaitRecord> chunk = chunk(descriptor);
    if (chunk == null) {
      return null;
    }
    int index = descriptor & (CHUNK - 1);
    CloseWaitRecord entry = chunk.getAcquire(index);
    if (entry != null) {
      chunk.setRelease(index, null);
    }
    return entry;
  }

  void clear() {
    if (!used) {
      return;
    }
    for (int i = 0; i < CHUNKS; i++) {
      chunks.setRelease(i, null);
    }
  }

  private AtomicReferenceArray<CloseWaitRecord> chunk(int descriptor) {
    int index = descriptor >> CHUNK_BITS;
    return index < 0 || index >= CHUNKS ? null : chunks.getAcquire(index);
  }

  private AtomicReferenceArray<CloseWaitRecord> chunkFor(int descriptor) {
    AtomicReferenceArray<CloseWaitRecord> chunk = chunk(descriptor);
    return chunk == null ? addChunk(descriptor >> CHUNK_BITS) : chunk;
  }

  private AtomicReferenceArray<CloseWaitRecord> addChunk(int index) {
    used = true;
    AtomicReferenceArray<CloseWaitRecord> fresh = new AtomicReferenceArray<>(CHUNK);
    AtomicReferenceArray<CloseWaitRecord> present = chunks.compareAndExchange(index, null, fresh);
    return present == null ? fresh : present;
  }
}
