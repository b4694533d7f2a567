package dev.closewait.diagnosis.rules;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.Direction;
import dev.closewait.diagnosis.ApplicationFrames;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.LeakRule;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.Suspicion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client without any library has begun to read a response, has left the rest of it unread, and
 * has not closed the socket.
 */
public final class ResponseLeftUnreadRule implements LeakRule {
  private final Unread unread;

  public ResponseLeftUnreadRule(ApplicationFrames application) {
    this.unread = new Unread(application);
  }

  @Override
  public @Nullable Ruling judge(Suspicion suspicion) {
    ConnectionSnapshot connection = suspicion.connection();
    if (connection.direction() != Direction.CONNECTED
        || connection.reads() == 0
        || suspicion.client() != null) {
      return null;
    }
    Evidence absence = unread.absenceOfReader(suspicion);
    if (absence == null) {
      return null;
    }
    return new Ruling(
        Cause.BODY_NOT_CONSUMED,
        "%s read a part of what "
            + connection.remote()
            + " sent, left the other "
            + Unread.text(suspicion)
            + " unread, and has not closed the socket.",
        "read the response to its end, or not, but close the socket: try-with-resources around its use, or close() in"
            + " a finally block",
        OriginStacks.after(connection, connection.lastUse()),
        Ruling.CULPRIT,
        Ruling.Certainty.BY_AGE,
        List.of(absence, Unread.hookEvidence(connection), suspicion.kernelEvidence()));
  }
}
