package dev.closewait.connection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a thread has ended that used a connection or accepted from a listening socket.
 *
 * @param virtual true for a thread that the JVM may forget while it waits, when nothing else refers
 *     to it
 * @param exception class and message of the exception that ended it; null when none was seen
 * @param frames where that exception was thrown, innermost first; empty when it is not known
 */
public record ThreadEnd(
    String name, boolean virtual, @Nullable String exception, List<StackTraceElement> frames) {

  /** One fact, without a full stop. */
  public String fact() {
    if (exception != null) {
      return name + " was ended by " + exception;
    }
    return virtual
        ? name + " is gone: it has ended, or waits for what nothing refers to any more"
        : name + " has ended, for a reason that is not known: no uncaught exception was seen";
  }
}
