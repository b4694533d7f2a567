package dev.closewait.diagnosis.rules;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.Direction;
import dev.closewait.connection.Registration;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.LeakRule;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.Suspicion;
import dev.closewait.kernel.TcpState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Accepted, never registered with a selector, and never read.
 *
 * <p>A thread that stood in a read would have been woken by the peer's FIN, so CLOSE_WAIT without
 * any read proves that nobody reads.
 */
public final class AcceptedNeverReadRule implements LeakRule {

  @Override
  public @Nullable Ruling judge(Suspicion suspicion) {
    ConnectionSnapshot connection = suspicion.connection();
    if (connection.direction() != Direction.ACCEPTED
        || suspicion.state() != TcpState.CLOSE_WAIT
        || connection.transport().isNative()
        || connection.reads() != 0
        || connection.readTried()
        || connection.eof() != null
        || connection.error() != null) {
      return null;
    }
    Registration registration = connection.registration();
    if (registration != null && registration.registered()) {
      return null;
    }
    return new Ruling(
        Cause.ACCEPTED_NEVER_READ,
        "Accepted in %s, then never registered with a selector and never read.",
        "register the accepted connection with a selector or hand it to a thread that reads it, and close it when that is not"
            + " possible",
        OriginStacks.of(connection),
        Ruling.CULPRIT,
        Ruling.Certainty.BY_AGE,
        List.of(
            Evidence.of(Evidence.Source.HOOK, hookFact(registration)), suspicion.kernelEvidence()));
  }

  private static String hookFact(@Nullable Registration registration) {
    if (registration == null) {
      return "no read since it was accepted";
    }
    return "no read since it was accepted; registered with no selector, "
        + (registration.blocking() ? "blocking" : "non-blocking");
  }
}
