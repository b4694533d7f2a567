package dev.closewait.diagnosis.thread;

/**
 * The CPU time that a thread has used.
 *
 * @param totalNanos since it started; -1 when the JVM does not tell
 * @param lastPercent of one core, between the last two looks; -1 when it is not known
 * @param standingTotalNanos what the total was when it was found at its present place first
 * @param standingPercent of one core, since then; -1 when it is not known
 */
public record CpuUse(
    long totalNanos, int lastPercent, long standingTotalNanos, int standingPercent) {
  private static final int NOT_KNOWN = -1;
  private static final int PERCENT = 100;

  /** Nobody else had the core: only the JVM's own pauses are missing. */
  private static final int WHOLE_CORE = 97;

  /** A thread that computes without end loses the rest to pauses and to other threads. */
  private static final int SPINNING = 75;

  /** A virtual thread, or the first look. */
  public static final CpuUse UNKNOWN = new CpuUse(NOT_KNOWN, NOT_KNOWN, NOT_KNOWN, NOT_KNOWN);

  public static CpuUse first(long totalNanos) {
    return new CpuUse(totalNanos, NOT_KNOWN, totalNanos, NOT_KNOWN);
  }

  /**
   * The use at the next look.
   *
   * @param elapsedNanos between the two looks
   * @param standingNanos since it was found at its present place first; 0 when it has left it
   */
  public CpuUse next(long nowTotalNanos, long elapsedNanos, long standingNanos) {
    int last = percent(nowTotalNanos, totalNanos, elapsedNanos);
    return standingNanos == 0
        ? new CpuUse(nowTotalNanos, last, nowTotalNanos, NOT_KNOWN)
        : new CpuUse(
            nowTotalNanos,
            last,
            standingTotalNanos,
            percent(nowTotalNanos, standingTotalNanos, standingNanos));
  }

  private static int percent(long nowNanos, long thenNanos, long elapsedNanos) {
    if (nowNanos < 0 || thenNanos < 0 || elapsedNanos <= 0) {
      return NOT_KNOWN;
    }
    // The two clocks are not read at once.
    return (int) Math.min(PERCENT, PERCENT * (nowNanos - thenNanos) / elapsedNanos);
  }

  /** Since it stands where it is; -1 when it is not known. */
  public int percent() {
    return standingPercent;
  }

  public boolean isSpinning() {
    return standingPercent >= SPINNING;
  }

  /** True when it is known that it did not get all of a core since the last look. */
  public boolean isShortOfCpu() {
    return lastPercent >= 0 && lastPercent < WHOLE_CORE;
  }
}
