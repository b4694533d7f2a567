package dev.closewait.diagnosis.rules;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.MethodExit;
import dev.closewait.diagnosis.ApplicationFrames;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.LeakRule;
import dev.closewait.diagnosis.MethodExits;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.Suspicion;
import dev.closewait.kernel.TcpState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An exception left the method that had used the connection last, with the connection open, and
 * nobody has used or closed it since.
 *
 * <p>Known only of connections that leaked while the agent watched the methods of their group.
 */
public final class ExceptionSkippedCloseRule implements LeakRule {
  private final ApplicationFrames application;

  public ExceptionSkippedCloseRule(ApplicationFrames application) {
    this.application = application;
  }

  @Override
  public @Nullable Ruling judge(Suspicion suspicion) {
    ConnectionSnapshot connection = suspicion.connection();
    boolean ended = suspicion.state() == TcpState.CLOSE_WAIT || connection.eof() != null;
    List<List<StackTraceElement>> stacks = stacks(connection);
    MethodExit exit = ended ? exitOfOwner(connection.exitsSinceLastUse(), stacks.get(0)) : null;
    if (exit == null || !exit.isByException()) {
      return null;
    }
    return new Ruling(
        Cause.EXCEPTION_SKIPPED_CLOSE,
        reason(exit),
        "close the socket in a finally block, or with try-with-resources around its use in "
            + methodOf(exit)
            + ": the exception skips a close that comes later",
        stacks,
        Ruling.CULPRIT,
        Ruling.Certainty.BY_AGE,
        List.of(Evidence.of(Evidence.Source.HOOK, use(connection)), suspicion.kernelEvidence()));
  }

  /** Those that the group was found by when nobody looked closer yet, in the same order. */
  private static List<List<StackTraceElement>> stacks(ConnectionSnapshot connection) {
    return connection.eof() == null
        ? OriginStacks.after(
            connection, connection.error(), connection.lastUse(), connection.triedRead())
        : OriginStacks.after(connection, connection.eof(), connection.lastUse());
  }

  /**
   * The exit of the application's innermost method on the stack; where that could not be watched,
   * of the one on it that was left first. What the application called after the last use proves
   * nothing: its caller may have caught the exception.
   */
  private @Nullable MethodExit exitOfOwner(List<MethodExit> exits, List<StackTraceElement> stack) {
    StackTraceElement owner = application.innermost(stack);
    for (MethodExit exit : exits) {
      if (owner != null && exit.isOf(owner)) {
        return exit;
      }
    }
    for (MethodExit exit : exits) {
      if (stack.isEmpty() || stack.stream().anyMatch(exit::isOf)) {
        return exit;
      }
    }
    return null;
  }

  private String reason(MethodExit exit) {
    int line = exit.place().getLineNumber();
    StackTraceElement from = application.innermost(exit.thrownAt());
    String sentence =
        methodOf(exit)
            + " was left"
            + (line > 0 ? " at line " + line : "")
            + " by "
            + MethodExits.text(exit)
            + (from == null || isSame(from, exit.place())
                ? ""
                : " (from " + MethodExits.place(from) + ")")
            + ", with the connection still open.";
    // The place of the culprit is no part of what the application has written there.
    return sentence.replace("%s", "% s");
  }

  /** That it was thrown where it left says nothing more; module and loader do not matter. */
  private static boolean isSame(StackTraceElement one, StackTraceElement other) {
    return MethodExits.place(one).equals(MethodExits.place(other))
        && one.getClassName().equals(other.getClassName());
  }

  private static String methodOf(MethodExit exit) {
    String type = exit.place().getClassName();
    return type.substring(type.lastIndexOf('.') + 1) + "." + exit.place().getMethodName();
  }

  private static String use(ConnectionSnapshot connection) {
    if (connection.eof() != null) {
      return "read returned -1; no close since";
    }
    if (connection.lastUse() == null && connection.readTried()) {
      return "a read was tried and got nothing; no close since";
    }
    return connection.lastUse() == null
        ? "no read and no close since it was opened"
        : "no read, no write and no close since";
  }
}
