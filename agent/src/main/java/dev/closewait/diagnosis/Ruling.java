package dev.closewait.diagnosis;

import dev.closewait.diagnosis.thread.LockChain;
import java.util.ArrayList;
import java.util.List;

/**
 * What a rule found to be true of one connection or listening socket.
 *
 * @param reason one sentence with the facts, ending with a full stop; {@code %s} stands for the
 *     culprit's method
 * @param blamed whose innermost application frame is the culprit: the first of these stacks that
 *     has one
 * @param role what the culprit line is, for the text report
 * @param certainty how sure it is, apart from its age
 * @param locks the thread that does not go on, and those that it waits for; empty as a rule
 */
public record Ruling(
    Cause cause,
    String reason,
    String fix,
    List<List<StackTraceElement>> blamed,
    String role,
    Certainty certainty,
    List<Evidence> evidence,
    LockChain locks) {

  /** Of a cause that has nothing to do with locks. */
  public Ruling(
      Cause cause,
      String reason,
      String fix,
      List<List<StackTraceElement>> blamed,
      String role,
      Certainty certainty,
      List<Evidence> evidence) {
    this(cause, reason, fix, blamed, role, certainty, evidence, LockChain.NONE);
  }

  /** The role of most culprits. */
  public static final String CULPRIT = "culprit";

  /** The same cause, less or more certain. */
  public Ruling with(Certainty other, List<Evidence> facts) {
    return new Ruling(cause, reason, fix, blamed, role, other, facts, locks);
  }

  /** The same with more evidence, which stands before what the kernel says. */
  Ruling with(List<Evidence> more) {
    if (more.isEmpty()) {
      return this;
    }
    List<Evidence> all = new ArrayList<>(evidence);
    int position = 0;
    while (position < all.size() && all.get(position).source() != Evidence.Source.KERNEL) {
      position++;
    }
    all.addAll(position, more);
    return new Ruling(cause, reason, fix, blamed, role, certainty, all, locks);
  }

  /** The same with a more precise fix, and with what proves it. */
  Ruling refined(String preciseFix, List<Evidence> more) {
    return new Ruling(cause, reason, preciseFix, blamed, role, certainty, evidence).with(more);
  }

  /** How a verdict comes about. */
  public enum Certainty {
    /** Proven that nothing will close it: LEAK at once. */
    PROVEN,
    /** SUSPECT, and LEAK at the age of six thresholds. */
    BY_AGE,
    /** SUSPECT at most: harmless by design, or repaired. */
    HARMLESS
  }
}
