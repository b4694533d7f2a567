package dev.closewait.diagnosis.bytecode;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the bytecode says about the application's methods on one stack.
 *
 * @param culprit the innermost of them that closes the connection on some path, otherwise the
 *     innermost; null when there is none
 * @param closing what the culprit does with the connection; null when that is not known
 * @param place the method to change: the culprit, or where nobody closes the outermost method of
 *     its class that has the connection; null when that is not known
 * @param problems what could not be read, in words
 */
public record StackLook(
    @Nullable StackTraceElement culprit,
    @Nullable Closing closing,
    @Nullable Closing place,
    List<String> problems) {

  /** The same where it is known at which line an exception left the culprit, past its close. */
  public StackLook thrownAt(int line) {
    if (closing == null || !closing.isSomewhere()) {
      return this;
    }
    Skips skips = closing.skips().thrownAt(line);
    return left(closing, skips, !skips.isNone() || skips.errors());
  }

  /** The same where it is known at which line the culprit returned with the connection open. */
  public StackLook returnedAt(int line) {
    if (closing == null || !closing.isSomewhere()) {
      return this;
    }
    Skips skips = closing.skips().returnedAt(line);
    return left(closing, skips, !skips.isNone() || closing.beforeReturn() != null);
  }

  /** Where nothing in the code explains what was seen, it is not understood. */
  private StackLook left(Closing all, Skips skips, boolean isExplained) {
    Closing left = isExplained ? all.with(skips) : null;
    return new StackLook(culprit, left, left, problems);
  }
}
