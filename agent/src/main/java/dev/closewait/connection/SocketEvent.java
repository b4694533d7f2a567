package dev.closewait.connection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a connection: when, on which thread, where, how often.
 *
 * @param atNanos the first time, on the clock of {@link System#nanoTime()}
 * @param threadName the thread's name at the time it was recorded; null when it is not known
 * @param stack the frames, innermost first, ours already removed; null when the budget of stacks
 *     allowed none
 * @param count how often it happened, at least 1
 * @param detail the exception as text ({@code java.io.IOException: Connection reset}) for an error,
 *     what to know of a stack that stands in for the connection's own; otherwise null
 */
public record SocketEvent(
    long atNanos,
    @Nullable String threadName,
    @Nullable List<StackTraceElement> stack,
    int count,
    @Nullable String detail) {

  /** The frames, or an empty list when none were taken. */
  public List<StackTraceElement> frames() {
    return stack == null ? List.of() : stack;
  }
}
