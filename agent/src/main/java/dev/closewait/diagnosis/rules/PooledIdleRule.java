package dev.closewait.diagnosis.rules;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.Direction;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.LeakRule;
import dev.closewait.diagnosis.PooledClients;
import dev.closewait.diagnosis.PooledClients.PooledClient;
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
  private static final int FAREWELL_BYTES = 512;

  private final PooledClients clients;

  public PooledIdleRule(PooledClients clients) {
    this.clients = clients;
  }

  @Override
  public @Nullable Ruling judge(Suspicion suspicion) {
    ConnectionSnapshot connection = suspicion.connection();
    if (connection.direction() != Direction.CONNECTED
        || (suspicion.state() != TcpState.CLOSE_WAIT && !suspicion.isDead())
        || connection.connectPending()
        || connection.eof() != null
        || connection.error() != null
        || suspicion.receiveQueueBytes() > FAREWELL_BYTES) {
      return null;
    }
    PooledClient client = clients.find(connection);
    if (client == null) {
      return null;
    }
    return new Ruling(
        Cause.POOLED_IDLE,
        "The server "
            + connection.remote()
            + " hung up; "
            + client.name()
            + " has not closed the connection: it notices when it wants to use it again.",
        client.remedy(),
        OriginStacks.after(connection, connection.lastUse()),
        "last used",
        Ruling.Certainty.HARMLESS,
        List.of(
            Evidence.of(
                Evidence.Source.HOOK,
                "opened or last used by "
                    + client.name()
                    + "; whether it was given back to the pool is not known"),
            suspicion.kernelEvidence()));
  }
}
