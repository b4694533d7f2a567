package dev.closewait.diagnosis.rules;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.SocketEvent;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.LeakRule;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.Suspicion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connection has ended in the kernel (reset, TLS end, failed connect), and its descriptor is
 * still open; not where the application and its peer have closed one direction each.
 */
public final class DeadNotClosedRule implements LeakRule {

  @Override
  public @Nullable Ruling judge(Suspicion suspicion) {
    if (!suspicion.isDead() || HalfClose.hasEndedBothWays(suspicion)) {
      return null;
    }
    ConnectionSnapshot connection = suspicion.connection();
    return new Ruling(
        Cause.DEAD_NOT_CLOSED,
        reason(connection),
        "close the socket also when reading or writing fails: try-with-resources around its use, or close() in a finally"
            + " block",
        OriginStacks.after(connection, connection.error(), connection.eof(), connection.lastUse()),
        Ruling.CULPRIT,
        Ruling.Certainty.BY_AGE,
        List.of(hookEvidence(connection), suspicion.kernelEvidence()));
  }

  private static String reason(ConnectionSnapshot connection) {
    if (connection.connectPending()) {
      return "The connect in %s failed, and its channel was not closed.";
    }
    if (connection.error() != null) {
      return "%s was told that the connection is dead, and did not close the socket.";
    }
    return connection.eof() != null
        ? "%s read the end of the stream; the connection has ended since, and the socket was not closed."
        : "The connection ended without a word to the application; %s was its last user and has not closed the socket.";
  }

  private static Evidence hookEvidence(ConnectionSnapshot connection) {
    SocketEvent error = connection.error();
    if (error != null) {
      String detail = error.detail();
      return new Evidence(
          Evidence.Source.HOOK,
          (detail == null ? "an exception" : detail) + "; no close since",
          error.frames());
    }
    SocketEvent eof = connection.eof();
    return eof == null
        ? Evidence.of(Evidence.Source.HOOK, "no error and no end of stream reached Java code")
        : new Evidence(Evidence.Source.HOOK, "read returned -1; no close since", eof.frames());
  }
}
