package dev.closewait.connection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a method was left, with a connection open that had been used in it.
 *
 * @param place the method and the line at which it was left; a negative line when it is not known
 * @param atNanos when, on the clock of {@link System#nanoTime()}
 * @param exception class and message of what left it; null when it returned
 * @param thrownAt the frames of the exception, innermost first; empty for a return, or when the JVM
 *     has left them out
 * @param sinceLastUse true when the connection has not been used since, and no other thread had
 *     used it later than this one
 */
public record MethodExit(
    StackTraceElement place,
    long atNanos,
    String threadName,
    @Nullable String exception,
    List<StackTraceElement> thrownAt,
    boolean sinceLastUse) {

  /** True when an exception left the method. */
  public boolean isByException() {
    return exception != null;
  }

  /** The line at which the exception came into the method, which a finally block throws on. */
  public int firstLine() {
    for (StackTraceElement frame : thrownAt) {
      if (isOf(frame)) {
        return frame.getLineNumber();
      }
    }
    return place.getLineNumber();
  }

  /** True when the frame is one of the same method, whatever its line. */
  public boolean isOf(StackTraceElement frame) {
    return place.getClassName().equals(frame.getClassName())
        && place.getMethodName().equals(frame.getMethodName());
  }
}
