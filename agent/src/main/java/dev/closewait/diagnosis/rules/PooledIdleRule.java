package dev.closewait.diagnosis.rules;

import dev.closewait.connection.ClientPart;
import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.Direction;
import dev.closewait.connection.SocketEvent;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.ClientUse;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.LeakRule;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.Suspicion;
import dev.closewait.kernel.TcpState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client connection that a pooling library opened and nobody uses: the server hung up, and the
 * pool notices when it wants to use the connection again.
 *
 * <p>The server may have said goodbye before: a TLS close_notify is 24 bytes or, padded by the JDK,
 * 80 (RFC 8446 section 5.4), a "408 Request Timeout" some hundred. More than that is a response
 * that nobody reads, and no idle connection.
 */
public final class PooledIdleRule implements LeakRule {
  static final int FAREWELL_BYTES = 512;

  @Override
  public @Nullable Ruling judge(Suspicion suspicion) {
    ConnectionSnapshot connection = suspicion.connection();
    if (connection.direction() != Direction.CONNECTED
        || (suspicion.state() != TcpState.CLOSE_WAIT && !suspicion.isDead())
        || connection.connectPending()
        || connection.eof() != null
        || connection.error() != null) {
      return null;
    }
    ClientUse use = suspicion.client();
    String remedy = use == null ? null : use.library().idleRemedy();
    if (use == null
        || remedy == null
        || use.isTaken()
        || (!use.isGivenBack() && suspicion.receiveQueueBytes() > FAREWELL_BYTES)) {
      return null;
    }
    return new Ruling(
        Cause.POOLED_IDLE,
        "The server "
            + connection.remote()
            + " hung up; "
            + use.name()
            + " has not closed the connection: it notices when it wants to use it again.",
        remedy,
        use.blamed(connection),
        "last used",
        Ruling.Certainty.HARMLESS,
        List.of(hookEvidence(use), suspicion.kernelEvidence()));
  }

  private static Evidence hookEvidence(ClientUse use) {
    ClientPart part = use.part();
    SocketEvent released = part == null ? null : part.released();
    if (part == null || released == null) {
      return Evidence.of(
          Evidence.Source.HOOK,
          "opened or last used by "
              + use.name()
              + "; whether it was given back to the pool is not known");
    }
    return part.leased() == null
        ? Evidence.of(Evidence.Source.HOOK, "in the pool of " + use.name() + "; never handed out")
        : new Evidence(
            Evidence.Source.HOOK,
            "given back to the pool of " + use.name() + BodyNotConsumedRule.by(released),
            released.frames());
  }
}
