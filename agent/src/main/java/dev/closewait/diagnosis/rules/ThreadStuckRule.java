package dev.closewait.diagnosis.rules;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.SocketEvent;
import dev.closewait.diagnosis.ApplicationFrames;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.LeakRule;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.Suspicion;
import dev.closewait.diagnosis.ThreadLook;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The thread that last used the connection stands somewhere else in the same call, for the
 * threshold.
 *
 * <p>It has used no other connection since, does not wait for the network, and the frames below the
 * one where it used the connection are still on its stack: had that call returned, they would
 * differ.
 */
public final class ThreadStuckRule implements LeakRule {
  private final ApplicationFrames application;
  private final long thresholdNanos;

  public ThreadStuckRule(ApplicationFrames application, long thresholdNanos) {
    this.application = application;
    this.thresholdNanos = thresholdNanos;
  }

  @Override
  public @Nullable Ruling judge(Suspicion suspicion) {
    ThreadLook thread = suspicion.lastUser();
    ConnectionSnapshot connection = suspicion.connection();
    if (thread == null
        || suspicion.lastUserMovedOn()
        || thread.standingNanos() < thresholdNanos
        || !thread.isStanding()
        || thread.isWaitingForNetwork()) {
      return null;
    }
    SocketEvent eof = connection.eof();
    SocketEvent use = eof != null ? eof : connection.lastUse();
    if (use == null || suspicion.readsEofAgain() || !isSameCall(use.frames(), thread)) {
      return null;
    }
    return new Ruling(
        Cause.THREAD_STUCK,
        "The thread that last used the connection, "
            + thread.name()
            + ", "
            + thread.doing()
            + " in %s.",
        "find out why " + thread.name() + " does not go on: it has to come to the close()",
        List.of(thread.stack()),
        Ruling.CULPRIT,
        Ruling.Certainty.BY_AGE,
        List.of(
            new Evidence(
                Evidence.Source.THREAD,
                thread.name() + " " + thread.doing() + " at the same place in every scan since",
                thread.stack()),
            Evidence.of(
                Evidence.Source.HOOK,
                eof == null ? "no read returned -1" : "read returned -1; no close since"),
            suspicion.kernelEvidence()));
  }

  /**
   * Compares from the outermost frame inwards. A lower line in the first frame that differs is
   * another turn of a loop.
   */
  private boolean isSameCall(List<StackTraceElement> use, ThreadLook thread) {
    List<StackTraceElement> now = thread.stack();
    StackTraceElement used = application.innermost(use);
    int common = 0;
    while (common < use.size() && common < now.size()) {
      StackTraceElement then = use.get(use.size() - 1 - common);
      StackTraceElement here = now.get(now.size() - 1 - common);
      if (!then.equals(here)) {
        return isFurtherInSameMethod(then, here)
            && isAtOrInside(use.size() - 1 - common, used, use)
            && isReached(application.innermost(now), now, now.size() - 1 - common);
      }
      common++;
    }
    return false;
  }

  private static boolean isFurtherInSameMethod(StackTraceElement then, StackTraceElement here) {
    return then.getClassName().equals(here.getClassName())
        && then.getMethodName().equals(here.getMethodName())
        && here.getLineNumber() >= then.getLineNumber();
  }

  /**
   * The code that used the connection must still be running; where a framework did, any shared
   * frame will do.
   *
   * @param index of the first frame that differs, counted from the innermost
   */
  private static boolean isAtOrInside(
      int index, @Nullable StackTraceElement used, List<StackTraceElement> use) {
    return used == null || index <= use.indexOf(used);
  }

  /** The thread must stand in the application at or inside that frame, not in a loop around it. */
  private static boolean isReached(
      @Nullable StackTraceElement stands, List<StackTraceElement> now, int index) {
    return stands != null && now.indexOf(stands) <= index;
  }
}
