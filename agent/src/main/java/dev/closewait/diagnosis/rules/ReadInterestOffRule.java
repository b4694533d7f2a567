package dev.closewait.diagnosis.rules;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.Registration;
import dev.closewait.connection.SocketEvent;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.LeakRule;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.Suspicion;
import dev.closewait.diagnosis.ThreadLook;
import dev.closewait.kernel.TcpState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Registered with a selector that is not asked for data, or with none any more: nobody is told that
 * the peer has closed.
 *
 * <p>A selector reports the end of a stream as readiness to read, and only to keys with {@code
 * OP_READ}.
 */
public final class ReadInterestOffRule implements LeakRule {

  @Override
  public @Nullable Ruling judge(Suspicion suspicion) {
    ConnectionSnapshot connection = suspicion.connection();
    Registration registration = connection.registration();
    if (suspicion.state() != TcpState.CLOSE_WAIT
        || connection.eof() != null
        || registration == null) {
      return null;
    }
    if (registration.isKeyLost()) {
      return keyLost(suspicion);
    }
    return registration.isReadInterestOff() ? readInterestOff(suspicion, registration) : null;
  }

  /** A rebuilt selector that did not take over all keys, or a key that was cancelled by mistake. */
  private static Ruling keyLost(Suspicion suspicion) {
    ConnectionSnapshot connection = suspicion.connection();
    return ruling(
        suspicion,
        connection.lastUse() == null
            ? "The connection opened in %s was registered with a selector and is with none now: nobody is told that"
                + " the peer has closed."
            : "%s was the last to use the connection; no selector holds a key of it any more, and nobody is told that"
                + " the peer has closed.",
        "register the channel again wherever its key is cancelled or its selector is closed or replaced, or close the"
            + " connection there",
        "was registered with a selector, and has no valid key now: the key was cancelled or the selector closed; no"
            + " read returned -1, no close");
  }

  private static Ruling readInterestOff(Suspicion suspicion, Registration registration) {
    ConnectionSnapshot connection = suspicion.connection();
    return ruling(
        suspicion,
        connection.lastUse() == null
            ? "The connection opened in %s is registered with a selector without OP_READ: nobody is told that the"
                + " peer has closed."
            : "%s was the last to use the connection; its key has no OP_READ since, and nobody is told that the peer"
                + " has closed.",
        "give OP_READ back (interestOpsOr, then wakeup) on every way out of the work for which it was taken away, or"
            + " close the connection there",
        "registered with a selector, the key is valid, interestOps "
            + registration.interestNames()
            + ": OP_READ is off; no read returned -1, no close");
  }

  private static Ruling ruling(Suspicion suspicion, String reason, String fix, String hookFact) {
    ConnectionSnapshot connection = suspicion.connection();
    return new Ruling(
        Cause.READ_INTEREST_OFF,
        reason,
        fix,
        OriginStacks.after(connection, connection.lastUse()),
        connection.lastUse() == null ? Ruling.CULPRIT : "last used",
        Ruling.Certainty.BY_AGE,
        evidence(suspicion, hookFact));
  }

  private static List<Evidence> evidence(Suspicion suspicion, String hookFact) {
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(Evidence.of(Evidence.Source.HOOK, hookFact));
    SocketEvent use = suspicion.connection().lastUse();
    ThreadLook user = suspicion.lastUser();
    if (user != null) {
      evidence.add(
          new Evidence(
              Evidence.Source.THREAD,
              user.name() + ", the last to use it, " + user.doing(),
              user.stack()));
    } else if (use != null && suspicion.connection().lastUser() == null) {
      evidence.add(Evidence.of(Evidence.Source.THREAD, "the thread that last used it is gone"));
    }
    evidence.add(suspicion.kernelEvidence());
    return evidence;
  }
}
