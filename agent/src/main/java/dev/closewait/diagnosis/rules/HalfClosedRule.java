package dev.closewait.diagnosis.rules;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.SocketEvent;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.LeakRule;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.Suspicion;
import dev.closewait.kernel.TcpState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One direction was shut down and the other never closed.
 *
 * <p>A write that moved data after the end of the stream, with the connection in CLOSE_WAIT since,
 * proves that the peer closed one direction only: a peer that has closed both answers data with a
 * reset (RFC 9293 section 3.10.7.4). A connection that is still written to is not late, and so
 * never comes here.
 */
public final class HalfClosedRule implements LeakRule {
  private static final String TRY =
      ": try-with-resources around its use, or close() in a finally block";

  @Override
  public @Nullable Ruling judge(Suspicion suspicion) {
    if (suspicion.readsEofAgain()) {
      return null;
    }
    ConnectionSnapshot connection = suspicion.connection();
    if (HalfClose.hasEndedBothWays(suspicion)) {
      return endedBothWays(suspicion, connection);
    }
    if (suspicion.state() != TcpState.CLOSE_WAIT) {
      return null;
    }
    if (connection.inputShutdown() && HalfClose.isOfApplication(connection.shutdown())) {
      return inputShutDown(suspicion, connection);
    }
    return connection.eof() != null && connection.writtenSinceEof()
        ? writtenAfterTheEnd(suspicion, connection)
        : null;
  }

  private static Ruling endedBothWays(Suspicion suspicion, ConnectionSnapshot connection) {
    SocketEvent eof = connection.eof();
    return ruling(
        eof == null
            ? "The output was shut down in %s, the peer has closed as well, and nobody has closed the socket since."
            : "The output was shut down, %s read the end of the stream, and nobody has closed the socket since.",
        "shutdownOutput() releases no descriptor: close the socket when both directions are done"
            + TRY,
        OriginStacks.after(connection, eof, connection.shutdown(), connection.lastUse()),
        evidence(suspicion, shutdown(connection, "shutdownOutput()"), end(connection)));
  }

  private static Ruling inputShutDown(Suspicion suspicion, ConnectionSnapshot connection) {
    return ruling(
        "The input was shut down in %s, the peer has closed, and nobody has closed the socket since.",
        "shutdownInput() releases no descriptor: close the socket when it is not written to any more"
            + TRY,
        OriginStacks.after(connection, connection.shutdown(), connection.lastUse()),
        evidence(suspicion, shutdown(connection, "shutdownInput()"), end(connection)));
  }

  private static Ruling writtenAfterTheEnd(Suspicion suspicion, ConnectionSnapshot connection) {
    return ruling(
        "The peer ended its direction, %s was the last to write, and nobody has closed the socket since.",
        "close the socket after the last write" + TRY,
        OriginStacks.after(connection, connection.lastUse(), connection.eof()),
        evidence(
            suspicion,
            end(connection),
            Evidence.of(
                Evidence.Source.HOOK,
                "data was written after that, and the connection was not reset: the peer had closed one direction only")));
  }

  private static Ruling ruling(
      String reason, String fix, List<List<StackTraceElement>> blamed, List<Evidence> evidence) {
    return new Ruling(
        Cause.HALF_CLOSED, reason, fix, blamed, Ruling.CULPRIT, Ruling.Certainty.BY_AGE, evidence);
  }

  private static List<Evidence> evidence(Suspicion suspicion, @Nullable Evidence... hooks) {
    List<Evidence> evidence = new ArrayList<>();
    for (Evidence hook : hooks) {
      if (hook != null) {
        evidence.add(hook);
      }
    }
    evidence.add(suspicion.kernelEvidence());
    return evidence;
  }

  private static @Nullable Evidence shutdown(ConnectionSnapshot connection, String call) {
    SocketEvent shutdown = connection.shutdown();
    return shutdown == null
        ? null
        : new Evidence(
            Evidence.Source.HOOK, call + " was called; no close since", shutdown.frames());
  }

  private static @Nullable Evidence end(ConnectionSnapshot connection) {
    SocketEvent eof = connection.eof();
    return eof == null
        ? null
        : new Evidence(Evidence.Source.HOOK, "read returned -1; no close since", eof.frames());
  }
}
