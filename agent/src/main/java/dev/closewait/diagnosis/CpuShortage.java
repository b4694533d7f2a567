package dev.closewait.diagnosis;

import dev.closewait.kernel.CpuLoad;
import org.jspecify.annotations.Nullable;

/**
 * Remembers from scan to scan whether threads that could run had to wait for a core.
 *
 * <p>A connection that was late for want of CPU time has its six thresholds again from the moment
 * when there is enough.
 */
final class CpuShortage {
  private final long lastsNanos;
  private @Nullable String fact;
  private long seenNanos;

  /**
   * @param lastsNanos for how long it counts after it was seen
   */
  CpuShortage(long lastsNanos) {
    this.lastsNanos = lastsNanos;
  }

  /**
   * After the threads were looked at.
   *
   * @param isAnyShort true when a thread that runs did not get all of a core
   */
  void see(CpuLoad load, boolean isAnyShort, long nowNanos) {
    String shortage = isAnyShort ? load.shortage() : null;
    if (shortage != null) {
      fact = shortage;
      seenNanos = nowNanos;
    } else if (nowNanos - seenNanos >= lastsNanos) {
      fact = null;
    }
  }

  /** In words; null when there is none, and was none lately. */
  @Nullable String fact() {
    return fact;
  }
}
