package dev.closewait.connection;

import java.net.CloseWaitMethodExit;
import java.net.CloseWaitRecord;
import java.net.CloseWaitWatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Copies what was noted of watched methods on one record. */
final class MethodExits {
  private static final int NOT_KNOWN = -1;

  private MethodExits() {}

  /** The first first. */
  static List<MethodExit> of(CloseWaitRecord entry) {
    List<MethodExit> exits = new ArrayList<>();
    int uses = entry.uses();
    for (CloseWaitMethodExit e = entry.lastExit(); e != null; e = e.previous()) {
      exits.add(exit(e, e.byLastUser() && e.uses() == uses));
    }
    Collections.reverse(exits);
    return exits;
  }

  private static MethodExit exit(CloseWaitMethodExit noted, boolean sinceLastUse) {
    StackTraceElement method = CloseWaitWatch.method(noted.method());
    List<StackTraceElement> thrownAt =
        noted.stack() instanceof StackTraceElement[] frames ? Arrays.asList(frames) : List.of();
    String exception = noted.error() instanceof String text ? text : null;
    int line = exception == null ? noted.line() : lineOf(method, thrownAt);
    return new MethodExit(
        new StackTraceElement(
            method.getClassName(), method.getMethodName(), method.getFileName(), line),
        noted.atNanos(),
        SnapshotFactory.named(noted.threadName()),
        exception,
        thrownAt,
        sinceLastUse);
  }

  /** The innermost frame of the method is that of the call that was left first. */
  private static int lineOf(StackTraceElement method, List<StackTraceElement> thrownAt) {
    for (StackTraceElement frame : thrownAt) {
      if (frame.getClassName().equals(method.getClassName())
          && frame.getMethodName().equals(method.getMethodName())) {
        return frame.getLineNumber();
      }
    }
    return NOT_KNOWN;
  }
}
