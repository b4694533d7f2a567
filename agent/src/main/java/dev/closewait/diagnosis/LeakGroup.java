package dev.closewait.diagnosis;

import dev.closewait.diagnosis.thread.LockChain;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All findings at one place: what a report shows as one leak.
 *
 * @param fingerprint 12 hex digits from kind, culprit class and method; stable across runs and
 *     rebuilds
 * @param reason one sentence with the facts, ending with a full stop
 * @param culprit the application frame held responsible; null when no frame of the application is
 *     on any stack
 * @param role what the culprit line is, in a word or two for the text report ({@code culprit},
 *     {@code last used})
 * @param fix one sentence: what to change and where
 * @param count connections in the group now
 * @param sampled how many of them have a stack of their own
 * @param oldestNanos age of the oldest in its present state
 * @param growthPerMinute since the group was first reported; 0 when it is too early to tell
 * @param isNew true in the first diagnosis that reports it
 * @param locks the thread that does not go on, and those that it waits for; empty as a rule
 * @param examples the oldest first, at most {@code max-examples}
 * @param alike those of the examples that the reason holds for: others in the group have another
 *     cause
 */
public record LeakGroup(
    String fingerprint,
    SocketKind kind,
    Verdict verdict,
    Cause cause,
    String reason,
    @Nullable StackTraceElement culprit,
    String role,
    String fix,
    int count,
    int sampled,
    long oldestNanos,
    double growthPerMinute,
    boolean isNew,
    List<Evidence> evidence,
    LockChain locks,
    List<LeakedConnection> examples,
    List<LeakedConnection> alike) {

  /** One of connections that are all alike, in which no thread waits for a lock. */
  public LeakGroup(
      String fingerprint,
      SocketKind kind,
      Verdict verdict,
      Cause cause,
      String reason,
      @Nullable StackTraceElement culprit,
      String role,
      String fix,
      int count,
      int sampled,
      long oldestNanos,
      double growthPerMinute,
      boolean isNew,
      List<Evidence> evidence,
      List<LeakedConnection> examples) {
    this(
        fingerprint,
        kind,
        verdict,
        cause,
        reason,
        culprit,
        role,
        fix,
        count,
        sampled,
        oldestNanos,
        growthPerMinute,
        isNew,
        evidence,
        LockChain.NONE,
        examples,
        examples);
  }

  /** True when it is known of an example how the methods that used it were left. */
  public boolean isExplained() {
    for (LeakedConnection example : examples) {
      if (MethodExits.explain(example.record(), culprit)) {
        return true;
      }
    }
    return false;
  }

  /** The same with more evidence at the end. */
  LeakGroup with(List<Evidence> more) {
    List<Evidence> all = new ArrayList<>(evidence);
    all.addAll(more);
    return new LeakGroup(
        fingerprint,
        kind,
        verdict,
        cause,
        reason,
        culprit,
        role,
        fix,
        count,
        sampled,
        oldestNanos,
        growthPerMinute,
        isNew,
        all,
        locks,
        examples,
        alike);
  }
}
