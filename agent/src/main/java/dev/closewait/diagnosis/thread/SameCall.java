package dev.closewait.diagnosis.thread;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Compares two stacks of one thread, taken one after the other: is the method that did something at
 * the first still running at the second?
 *
 * <p>A stack has no name for a call. A call that has returned leaves other frames below, or an
 * earlier line: another turn of a loop. What is left is a method that returned and was called again
 * from the same line, and went past the first line without doing there what it did before.
 */
public final class SameCall {
  private final Predicate<StackTraceElement> isApplication;

  public SameCall(Predicate<StackTraceElement> isApplication) {
    this.isApplication = isApplication;
  }

  /**
   * True when the thread is further in the call in which it was: in the innermost method of the
   * application that was running then, on a later line or inside another call made from the same
   * line, or in something that such a place has called.
   *
   * @param then innermost first; where no frame of the application took part, any shared frame will
   *     do
   * @param now innermost first
   */
  public boolean isFurther(List<StackTraceElement> then, List<StackTraceElement> now) {
    int common = commonFrames(then, now);
    int was = then.size() - 1 - common;
    int is = now.size() - 1 - common;
    if (was < 0 || is < 0) {
      return false;
    }
    int user = indexOfApplication(then);
    int stands = indexOfApplication(now);
    if (stands < 0) {
      return false;
    }
    if (user >= 0 && was < user) {
      return isInAnotherCall(then.get(was), now.get(is), is - stands);
    }
    return isLaterInSameMethod(then.get(was), now.get(is))
        && (user < 0 || was == user)
        && stands <= is;
  }

  /**
   * The frames that a running thread has not left: those that are the same, and the method in which
   * they begin to differ, as it was first seen.
   */
  public List<StackTraceElement> stillRunning(
      List<StackTraceElement> before, List<StackTraceElement> now) {
    int common = commonFrames(before, now);
    int was = before.size() - 1 - common;
    int is = now.size() - 1 - common;
    boolean inSameMethod = was >= 0 && is >= 0 && isSameMethod(before.get(was), now.get(is));
    return before.subList(inSameMethod ? was : was + 1, before.size());
  }

  /**
   * The frame of the application that did it is in both stacks, at the same line. What it calls now
   * is not what it called then: the arguments of {@code handle(in.readLine())} come first.
   */
  private static boolean isInAnotherCall(
      StackTraceElement called, StackTraceElement calls, int framesToApplication) {
    boolean isApplication = framesToApplication >= 0;
    return !isSameMethod(called, calls) && (isApplication || !isOfNetwork(calls));
  }

  private static boolean isOfNetwork(StackTraceElement frame) {
    return frame.getClassName().startsWith("java.net.")
        || frame.getClassName().startsWith("java.io.")
        || frame.getClassName().startsWith("java.nio.")
        || frame.getClassName().startsWith("sun.nio.");
  }

  private static boolean isLaterInSameMethod(StackTraceElement then, StackTraceElement now) {
    return isSameMethod(then, now) && now.getLineNumber() >= then.getLineNumber();
  }

  static boolean isSameMethod(StackTraceElement one, StackTraceElement other) {
    return one.getClassName().equals(other.getClassName())
        && one.getMethodName().equals(other.getMethodName());
  }

  /** How many frames are the same, from the outermost inwards. */
  static int commonFrames(List<StackTraceElement> one, List<StackTraceElement> other) {
    int common = 0;
    while (common < one.size()
        && common < other.size()
        && isSameFrame(one.get(one.size() - 1 - common), other.get(other.size() - 1 - common))) {
      common++;
    }
    return common;
  }

  /** A frame that was entered before an agent has changed its class has no line any more. */
  private static boolean isSameFrame(StackTraceElement one, StackTraceElement other) {
    return isSameMethod(one, other)
        && (one.getLineNumber() == other.getLineNumber()
            || one.getLineNumber() < 0
            || other.getLineNumber() < 0);
  }

  private int indexOfApplication(List<StackTraceElement> stack) {
    for (int i = 0; i < stack.size(); i++) {
      if (isApplication.test(stack.get(i))) {
        return i;
      }
    }
    return -1;
  }

  /** The innermost frame of the application; null when there is none. */
  @Nullable StackTraceElement innermost(List<StackTraceElement> stack) {
    int index = indexOfApplication(stack);
    return index < 0 ? null : stack.get(index);
  }
}
