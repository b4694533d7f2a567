package dev.closewait.diagnosis;

import static dev.closewait.diagnosis.Observed.OPENED;
import static dev.closewait.diagnosis.Observed.frame;
import static dev.closewait.diagnosis.Observed.stack;

import dev.closewait.connection.MethodExit;
import java.util.List;

/** Exits of the methods that stand on the stacks of an observed connection. */
public final class Exits {
  public static final String EXCEPTION = "java.lang.IllegalStateException: bad frame";
  public static final StackTraceElement PARSE = frame("com.acme.Parser", "parse", 88);
  public static final StackTraceElement READ = frame("com.acme.Orders", "read", 58);
  public static final StackTraceElement HANDLE = frame("com.acme.Orders", "handle", 31);

  private static final List<StackTraceElement> THROWN_AT =
      stack(frame("java.lang.Integer", "parseInt", 668), PARSE, READ, HANDLE);

  private Exits() {}

  public static MethodExit byException(StackTraceElement place) {
    return byException(place, EXCEPTION);
  }

  public static MethodExit byException(StackTraceElement place, String exception) {
    return new MethodExit(place, OPENED, "worker-1", exception, THROWN_AT, true);
  }

  public static MethodExit byReturn(StackTraceElement place) {
    return new MethodExit(place, OPENED, "worker-1", null, List.of(), true);
  }

  /** The connection was used again later. */
  public static MethodExit before(MethodExit exit) {
    return new MethodExit(
        exit.place(), exit.atNanos(), exit.threadName(), exit.exception(), exit.thrownAt(), false);
  }
}
