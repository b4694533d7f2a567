package dev.closewait.report.text;

import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.LeakGroup;
import dev.closewait.diagnosis.Verdict;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the reader has been told about one leak group.
 *
 * @param verdict the strongest that was told
 * @param causes all that were told: one that comes back is no news
 * @param count connections at the last time they were told
 * @param countToldAtNanos when that was, on the clock of {@link System#nanoTime()}
 * @param explained true when it was told how the methods were left
 */
record ToldGroup(
    Verdict verdict, Set<Cause> causes, int count, long countToldAtNanos, boolean explained) {

  private static final long GROWTH_PERIOD_NANOS = 60_000_000_000L;

  /** What the reader knows once this state of the group was told as far as it was news. */
  static ToldGroup after(@Nullable ToldGroup before, LeakGroup leak, long nowNanos) {
    if (before == null) {
      return new ToldGroup(
          leak.verdict(), EnumSet.of(leak.cause()), leak.count(), nowNanos, leak.isExplained());
    }
    if (before.isOutdatedBy(leak)) {
      return before.outdatedBy(leak, nowNanos);
    }
    return before.isOutgrownBy(leak, nowNanos)
        ? new ToldGroup(before.verdict, before.causes, leak.count(), nowNanos, before.explained)
        : before;
  }

  /** True when the verdict has risen, the cause is sharper, or how it came about is known now. */
  boolean isOutdatedBy(LeakGroup leak) {
    boolean sharper = leak.cause() != Cause.UNKNOWN && !causes.contains(leak.cause());
    return sharper || (leak.isExplained() && !explained) || leak.verdict().compareTo(verdict) > 0;
  }

  /** True for a suspect of which all was told before it was resolved. */
  boolean isRepeatedBy(LeakGroup leak) {
    return leak.verdict() == Verdict.SUSPECT && !isOutdatedBy(leak);
  }

  /** What the reader knows of it then; that it is a leak this time would be news. */
  ToldGroup repeatedBy(LeakGroup leak, long nowNanos) {
    return new ToldGroup(leak.verdict(), causes, leak.count(), nowNanos, explained);
  }

  /** True when it has grown by half, or at all within a minute or more. */
  boolean isOutgrownBy(LeakGroup leak, long nowNanos) {
    long now = leak.count();
    return now > count
        && (2 * now >= 3L * count || nowNanos - countToldAtNanos >= GROWTH_PERIOD_NANOS);
  }

  private ToldGroup outdatedBy(LeakGroup leak, long nowNanos) {
    Set<Cause> all = EnumSet.copyOf(causes);
    all.add(leak.cause());
    Verdict strongest = leak.verdict().compareTo(verdict) > 0 ? leak.verdict() : verdict;
    return new ToldGroup(strongest, all, leak.count(), nowNanos, explained || leak.isExplained());
  }
}
