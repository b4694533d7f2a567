package dev.closewait.diagnosis.rules;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.Registration;
import dev.closewait.connection.SocketEvent;
import dev.closewait.diagnosis.ApplicationFrames;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.LeakRule;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.Standstill;
import dev.closewait.diagnosis.Suspicion;
import dev.closewait.diagnosis.ThreadLook;
import dev.closewait.diagnosis.thread.SameCall;
import dev.closewait.kernel.TcpState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The thread that has to close the connection does not come to it: the one that used it last stands
 * somewhere else in the same call, or the one that runs its selector stands in a call for another
 * connection, for half the threshold at least.
 *
 * <p>The thread that used it last has used no other connection since but in the same call, and the
 * frames below the one where it used the connection are still on its stack: had that call returned,
 * they would differ.
 */
public final class ThreadStuckRule implements LeakRule {
  private final ApplicationFrames application;
  private final SameCall calls;
  private final long thresholdNanos;

  public ThreadStuckRule(ApplicationFrames application, long thresholdNanos) {
    this.application = application;
    this.calls = new SameCall(application);
    this.thresholdNanos = thresholdNanos;
  }

  @Override
  public @Nullable Ruling judge(Suspicion suspicion) {
    ThreadLook user = suspicion.lastUser();
    if (user != null && isInSameCall(user, suspicion)) {
      if (suspicion.cpuShortage() != null && user.isRunning()) {
        return late(suspicion, user);
      }
      if (hasStood(user) && waitsForOther(user, suspicion)) {
        return stuck(suspicion, user, "The thread that last used the connection, ");
      }
    }
    ThreadLook loop = suspicion.selectorLoop();
    return loop != null && isWaitedFor(suspicion) && standsInHandler(loop)
        ? stuck(suspicion, loop, "The thread that runs the connection's selector, ")
        : null;
  }

  private boolean isInSameCall(ThreadLook user, Suspicion suspicion) {
    ConnectionSnapshot connection = suspicion.connection();
    SocketEvent eof = connection.eof();
    SocketEvent use = eof != null ? eof : connection.lastUse();
    boolean readsOn = suspicion.readsEofAgain() || (eof != null && eof.count() > 1);
    return use != null
        && !suspicion.lastUserMovedOn()
        && !readsOn
        && calls.isFurther(use.frames(), user.place());
  }

  /**
   * The connection has been out of use for the threshold; the thread is looked at from the second
   * scan on.
   */
  private boolean hasStood(ThreadLook thread) {
    long needed = thread.locks().isDeadlocked() ? 1 : thresholdNanos / 2;
    return thread.standingNanos() >= needed && thread.isStanding();
  }

  /**
   * A read of a connection whose peer has closed returns at once, with data or without: one that
   * waits is of another connection. A write may wait on this one; in a selector or in accept a
   * thread waits for work.
   */
  private static boolean waitsForOther(ThreadLook user, Suspicion suspicion) {
    return switch (user.activity()) {
      case READS -> suspicion.state() == TcpState.CLOSE_WAIT || suspicion.isDead();
      case WRITES, SELECTS, ACCEPTS -> false;
      default -> true;
    };
  }

  /** Its selector would report the end of the stream if anybody asked it. */
  private static boolean isWaitedFor(Suspicion suspicion) {
    Registration registration = suspicion.connection().registration();
    return registration != null
        && registration.isReadAwaited()
        && suspicion.connection().eof() == null;
  }

  private boolean standsInHandler(ThreadLook loop) {
    boolean waitsForWork =
        switch (loop.activity()) {
          case SELECTS, ACCEPTS -> true;
          default -> false;
        };
    return !waitsForWork && hasStood(loop) && application.innermost(loop.place()) != null;
  }

  private Ruling stuck(Suspicion suspicion, ThreadLook thread, String subject) {
    Standstill standstill = new Standstill(thread, application);
    List<Evidence> evidence = new ArrayList<>(standstill.evidence());
    evidence.add(eofEvidence(suspicion));
    evidence.add(suspicion.kernelEvidence());
    return new Ruling(
        Cause.THREAD_STUCK,
        subject + thread.name() + ", " + standstill.doing() + " in %s.",
        standstill.fix("the close()"),
        List.of(thread.place()),
        Ruling.CULPRIT,
        standstill.isForEver() ? Ruling.Certainty.PROVEN : Ruling.Certainty.BY_AGE,
        evidence,
        thread.locks());
  }

  private static Ruling late(Suspicion suspicion, ThreadLook thread) {
    return new Ruling(
        Cause.THREAD_STUCK,
        "The thread that last used the connection, "
            + thread.name()
            + ", runs in %s and gets too little CPU time: the close is late, not missing.",
        "give the process more CPU time, or less work at a time",
        List.of(thread.place()),
        Ruling.CULPRIT,
        Ruling.Certainty.HARMLESS,
        List.of(
            new Evidence(
                Evidence.Source.THREAD,
                Starvation.fact(thread, suspicion.cpuShortage()),
                thread.stack()),
            eofEvidence(suspicion),
            suspicion.kernelEvidence()));
  }

  private static Evidence eofEvidence(Suspicion suspicion) {
    return Evidence.of(
        Evidence.Source.HOOK,
        suspicion.connection().eof() == null
            ? "no read returned -1"
            : "read returned -1; no close since");
  }
}
