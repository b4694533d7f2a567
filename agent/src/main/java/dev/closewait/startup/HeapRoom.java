package dev.closewait.startup;

/**
 * Whether the heap has room for a scan. On a full one it would not only fail: a class that fails to
 * initialise, of the JDK's or ours, stays broken for the application as well.
 */
final class HeapRoom {
  private static final long ENOUGH_BYTES = 8L * 1024 * 1024;
  private static final int ENOUGH_SHARE = 8;

  /** What is full of garbage looks full too: after a minute a scan is tried all the same. */
  private static final long LONGEST_REFUSAL_NANOS = 60_000_000_000L;

  private long refusedSinceNanos;

  boolean isEnough(long nowNanos) {
    Runtime runtime = Runtime.getRuntime();
    long room = runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
    boolean enough = room >= Math.min(ENOUGH_BYTES, runtime.maxMemory() / ENOUGH_SHARE);
    if (enough) {
      refusedSinceNanos = 0;
    } else if (refusedSinceNanos == 0) {
      refusedSinceNanos = nowNanos;
    } else if (nowNanos - refusedSinceNanos > LONGEST_REFUSAL_NANOS) {
      refusedSinceNanos = 0;
      return true;
    }
    return enough;
  }
}
