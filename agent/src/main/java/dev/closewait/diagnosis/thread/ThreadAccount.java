package dev.closewait.diagnosis.thread;

import dev.closewait.connection.AwaitedObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thread as a report shows it.
 *
 * @param state null when the JVM does not tell
 * @param stack innermost first; empty when it could not be asked
 * @param awaits what it waits for; null when that is no lock, or not told
 */
public record ThreadAccount(
    String name,
    boolean virtual,
    Thread.@Nullable State state,
    List<StackTraceElement> stack,
    @Nullable Awaited awaits) {

  /**
   * What a thread waits for.
   *
   * @param lock class and identity hash code
   * @param holder name of the thread that has it; null when nobody has, or when it is not told
   * @param heldAt the frame in which that thread has taken it; null when it is not told
   */
  public record Awaited(
      String lock,
      AwaitedObject.Kind kind,
      @Nullable String holder,
      @Nullable StackTraceElement heldAt) {}

  /** A predicate without its subject. */
  public String doing() {
    return state == null ? "does what the JVM does not tell" : Activity.of(state, stack).words();
  }
}
