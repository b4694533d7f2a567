package dev.closewait.diagnosis;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.MethodExit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the exits of watched methods say about a connection that was left open in them. */
public final class MethodExits {
  private static final int MAX_EXCEPTION = 160;

  /** Of these causes, how the methods were left says more than the cause itself. */
  private static final Set<Cause> TOLD_BY_EXITS =
      EnumSet.of(
          Cause.EXCEPTION_SKIPPED_CLOSE,
          Cause.EOF_READ_NOT_CLOSED,
          Cause.DEAD_NOT_CLOSED,
          Cause.HALF_CLOSED,
          Cause.READ_INTEREST_OFF,
          Cause.ACCEPTED_NEVER_READ,
          Cause.UNREAD_DATA,
          Cause.BODY_NOT_CONSUMED,
          Cause.UNREACHABLE,
          Cause.UNKNOWN);

  private MethodExits() {}

  /** True when code went on and left the connection open: it is worth a look how. */
  static boolean tell(Cause cause) {
    return TOLD_BY_EXITS.contains(cause);
  }

  /**
   * True when it is known how the connection was left: by an exception, or by the return of the
   * culprit's method.
   */
  static boolean explain(
      @Nullable ConnectionSnapshot connection, @Nullable StackTraceElement culprit) {
    if (connection != null) {
      for (MethodExit exit : connection.exitsSinceLastUse()) {
        if (exit.isByException() || (culprit != null && exit.isOf(culprit))) {
          return true;
        }
      }
    }
    return false;
  }

  /** One for each exception that left methods, and one for the methods that returned meanwhile. */
  static List<Evidence> evidence(ConnectionSnapshot connection) {
    List<Evidence> evidence = new ArrayList<>();
    List<MethodExit> alike = new ArrayList<>();
    for (MethodExit exit : connection.exitsSinceLastUse()) {
      if (!alike.isEmpty() && !isSame(alike.get(0), exit)) {
        evidence.add(fact(alike));
        alike = new ArrayList<>();
      }
      alike.add(exit);
    }
    if (!alike.isEmpty()) {
      evidence.add(fact(alike));
    }
    return evidence;
  }

  private static boolean isSame(MethodExit one, MethodExit other) {
    return one.isByException()
        ? one.thrownAt().equals(other.thrownAt()) && text(one).equals(text(other))
        : !other.isByException();
  }

  private static Evidence fact(List<MethodExit> alike) {
    MethodExit first = alike.get(0);
    StringBuilder fact = new StringBuilder(128);
    if (first.isByException()) {
      fact.append(text(first)).append(" left ");
    }
    for (int i = 0; i < alike.size(); i++) {
      fact.append(i == 0 ? "" : ", ").append(place(alike.get(i).place()));
    }
    if (!first.isByException()) {
      fact.append(" returned");
    }
    fact.append(" with the connection still open");
    return new Evidence(Evidence.Source.HOOK, fact.toString(), first.thrownAt());
  }

  /** Class and message of the exception, on one line and not too long. */
  public static String text(MethodExit exit) {
    String exception = String.valueOf(exit.exception()).replace('\n', ' ');
    return exception.length() <= MAX_EXCEPTION
        ? exception
        : exception.substring(0, MAX_EXCEPTION) + "...";
  }

  /** {@code OrderHandler.handle:57}; the line only where it is known. */
  public static String place(StackTraceElement frame) {
    String type = frame.getClassName();
    String method = type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName();
    return frame.getLineNumber() > 0 ? method + ":" + frame.getLineNumber() : method;
  }
}
