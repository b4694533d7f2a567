package dev.closewait.diagnosis;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.MethodExit;
import dev.closewait.connection.SocketEvent;
import dev.closewait.connection.ThreadEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Adds to a proof what has become of the thread that used the connection last. */
final class UserEvidence {
  private final Predicate<StackTraceElement> isApplication;

  UserEvidence(Predicate<StackTraceElement> isApplication) {
    this.isApplication = isApplication;
  }

  /** The same ruling where its proof speaks of a thread already, or nothing is known. */
  Ruling add(Ruling ruling, Suspicion suspicion) {
    Evidence evidence = evidence(suspicion);
    if (evidence == null || speaksOfThread(ruling)) {
      return ruling;
    }
    List<Evidence> facts = new ArrayList<>(ruling.evidence());
    int kernel = facts.size();
    while (kernel > 0 && facts.get(kernel - 1).source() == Evidence.Source.KERNEL) {
      kernel--;
    }
    facts.add(kernel, evidence);
    return ruling.with(ruling.certainty(), facts);
  }

  private static boolean speaksOfThread(Ruling ruling) {
    for (Evidence evidence : ruling.evidence()) {
      if (evidence.source() == Evidence.Source.THREAD) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Evidence evidence(Suspicion suspicion) {
    ConnectionSnapshot connection = suspicion.connection();
    ThreadEnd end = connection.lastUserEnd();
    if (end != null) {
      return new Evidence(
          end.exception() == null ? Evidence.Source.THREAD : Evidence.Source.HOOK,
          end.fact(),
          end.frames());
    }
    ThreadLook user = suspicion.lastUser();
    return user == null
        ? null
        : new Evidence(
            Evidence.Source.THREAD,
            user.name() + whereabouts(suspicion, user) + user.doing(),
            inApplication(user.stack()) ? user.stack() : List.of());
  }

  /**
   * Whether the method of the application that used the connection is still on its stack, for this
   * connection or for another.
   */
  private String whereabouts(Suspicion suspicion, ThreadLook user) {
    ConnectionSnapshot connection = suspicion.connection();
    // Who saw the error may be another thread than the one whose stack the last use has.
    SocketEvent use = connection.error() == null ? connection.lastUse() : null;
    use = connection.eof() == null ? use : connection.eof();
    StackTraceElement by = use == null ? null : innermost(use.frames());
    if (by == null) {
      return " ";
    }
    String type = by.getClassName();
    String method = type.substring(type.lastIndexOf('.') + 1) + "." + by.getMethodName();
    for (StackTraceElement frame : user.stack()) {
      if (frame.getClassName().equals(type) && frame.getMethodName().equals(by.getMethodName())) {
        return hasLeft(suspicion, by)
            ? " has left " + method + ", is in it again and "
            : " is in " + method + " and ";
      }
    }
    return " has left " + method + " and ";
  }

  private static boolean hasLeft(Suspicion suspicion, StackTraceElement method) {
    for (MethodExit exit : suspicion.connection().exitsSinceLastUse()) {
      if (exit.isOf(method)) {
        return true;
      }
    }
    return suspicion.lastUserMovedOn();
  }

  private boolean inApplication(List<StackTraceElement> stack) {
    return innermost(stack) != null;
  }

  private @Nullable StackTraceElement innermost(List<StackTraceElement> stack) {
    for (StackTraceElement frame : stack) {
      if (isApplication.test(frame)) {
        return frame;
      }
    }
    return null;
  }
}
