package dev.closewait.diagnosis.rules;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.SocketEvent;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.ClientUse;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.LeakRule;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.Suspicion;
import dev.closewait.diagnosis.ThreadLook;
import dev.closewait.library.ClientLibrary.Takes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client library has handed out a response, and it was neither read to its end nor closed: only
 * then does the connection go back to the pool.
 *
 * <p>Without word from the library more unread bytes than a farewell has are proof as well. A
 * connection that is still open at both ends is judged too, since the peer's FIN may wait behind
 * the unread data, unless a thread is still in the method that took the response.
 */
public final class BodyNotConsumedRule implements LeakRule {
  @Override
  public @Nullable Ruling judge(Suspicion suspicion) {
    ConnectionSnapshot connection = suspicion.connection();
    ClientUse use = suspicion.client();
    if (use == null || use.library().takes() != Takes.RESPONSE || connection.connectPending()) {
      return null;
    }
    boolean unread = suspicion.receiveQueueBytes() > PooledIdleRule.FAREWELL_BYTES;
    if (use.isGivenBack() || !(use.isTaken() || unread) || mayReadOn(use, suspicion)) {
      return null;
    }
    String closeRemedy = use.closeRemedy();
    return new Ruling(
        Cause.BODY_NOT_CONSUMED,
        "%s took the response of "
            + connection.remote()
            + " and neither read it to its end nor closed it.",
        closeRemedy == null ? "read the response to its end and close it" : closeRemedy,
        use.blamed(connection),
        Ruling.CULPRIT,
        use.isTaken() ? Ruling.Certainty.BY_AGE : certaintyOfUnread(suspicion),
        List.of(hookEvidence(use), suspicion.kernelEvidence()));
  }

  /** Without a FIN nobody is late yet: the thread that took the response may be slow. */
  private static boolean mayReadOn(ClientUse use, Suspicion suspicion) {
    ThreadLook user = use.isTaken() ? suspicion.taker() : suspicion.lastUser();
    return suspicion.isOpenAtBothEnds()
        && user != null
        && !suspicion.lastUserMovedOn()
        && use.isStillIn(user.stack());
  }

  /** Open at both ends and nothing known of the lease, it may be a slow reader. */
  private static Ruling.Certainty certaintyOfUnread(Suspicion suspicion) {
    return suspicion.isOpenAtBothEnds() ? Ruling.Certainty.HARMLESS : Ruling.Certainty.BY_AGE;
  }

  private static Evidence hookEvidence(ClientUse use) {
    SocketEvent taken = use.taken();
    return taken == null
        ? Evidence.of(
            Evidence.Source.HOOK,
            "used by " + use.name() + "; more is unread than a server says when it hangs up")
        : new Evidence(
            Evidence.Source.HOOK,
            use.name() + " handed it out" + by(taken) + ", and it was not given back since",
            taken.frames());
  }

  static String by(SocketEvent event) {
    return event.threadName() == null ? "" : " on thread " + event.threadName();
  }
}
