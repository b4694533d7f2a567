package dev.closewait.report;

import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.LeakGroup;
import dev.closewait.diagnosis.LeakedConnection;
import dev.closewait.diagnosis.Verdict;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Copies of a group that differ from it in what a test is about. */
public final class GroupVariants {

  private GroupVariants() {}

  public static LeakGroup withCount(LeakGroup leak, int count) {
    return with(leak, leak.verdict(), leak.cause(), count);
  }

  public static LeakGroup with(LeakGroup leak, Verdict verdict, Cause cause, int count) {
    return copy(leak, leak.fingerprint(), verdict, cause, leak.culprit(), count, leak.examples());
  }

  public static LeakGroup withFingerprint(LeakGroup leak, String fingerprint) {
    return copy(
        leak,
        fingerprint,
        leak.verdict(),
        leak.cause(),
        leak.culprit(),
        leak.count(),
        leak.examples());
  }

  public static LeakGroup withCulprit(LeakGroup leak, StackTraceElement culprit) {
    return copy(
        leak,
        leak.fingerprint(),
        leak.verdict(),
        leak.cause(),
        culprit,
        leak.count(),
        leak.examples());
  }

  /** The same group with other example connections. */
  public static LeakGroup withExamples(LeakGroup leak, UnaryOperator<LeakedConnection> change) {
    return copy(
        leak,
        leak.fingerprint(),
        leak.verdict(),
        leak.cause(),
        leak.culprit(),
        leak.count(),
        leak.examples().stream().map(change).toList());
  }

  private static LeakGroup copy(
      LeakGroup leak,
      String fingerprint,
      Verdict verdict,
      Cause cause,
      @Nullable StackTraceElement culprit,
      int count,
      List<LeakedConnection> examples) {
    return new LeakGroup(
        fingerprint,
        leak.kind(),
        verdict,
        cause,
        leak.reason(),
        culprit,
        leak.role(),
        leak.fix(),
        count,
        Math.min(count, leak.sampled()),
        leak.oldestNanos(),
        leak.growthPerMinute(),
        leak.isNew(),
        leak.evidence(),
        examples);
  }
}
