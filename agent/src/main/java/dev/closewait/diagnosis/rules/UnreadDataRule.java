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
 * The peer's last bytes are unread, and the thread that used to read them does something else or is
 * gone, or is told of them by its selector again and again and takes none.
 *
 * <p>That it was not used for the threshold is known before any rule is asked. Over TLS the peer's
 * goodbye is unread data too, and says nothing about a request. A response that a client has not
 * read is {@link ResponseLeftUnreadRule}'s.
 */
public final class UnreadDataRule implements LeakRule {
  private final Unread unread;

  public UnreadDataRule(ApplicationFrames application) {
    this.unread = new Unread(application);
  }

  @Override
  public @Nullable Ruling judge(Suspicion suspicion) {
    ConnectionSnapshot connection = suspicion.connection();
    Evidence loop = suspicion.client() == null ? unread.loopThatLeavesIt(suspicion) : null;
    if (loop != null) {
      return leftByLoop(suspicion, loop);
    }
    if (connection.direction() == Direction.CONNECTED) {
      return null;
    }
    Evidence absence = unread.absenceOfReader(suspicion);
    if (absence == null) {
      return null;
    }
    return new Ruling(
        Cause.UNREAD_DATA,
        "%s was the last to use the connection, nobody reads the "
            + Unread.text(suspicion)
            + " that its peer sent last, and it is not closed: "
            + absence.fact()
            + ".",
        "whoever stops reading a connection has to close it: close() in a finally block of the code that reads, and"
            + " a timeout for connections that wait for their turn",
        OriginStacks.after(connection, connection.lastUse()),
        "last used",
        Ruling.Certainty.BY_AGE,
        List.of(absence, Unread.hookEvidence(connection), suspicion.kernelEvidence()));
  }

  /** Whether it is read no hook tells: a read into a full buffer ends before it. */
  private static Ruling leftByLoop(Suspicion suspicion, Evidence loop) {
    ConnectionSnapshot connection = suspicion.connection();
    return new Ruling(
        Cause.UNREAD_DATA,
        "%s was the last to use the connection; it is registered for OP_READ and its selector's thread goes on, but the "
            + Unread.text(suspicion)
            + " that its peer sent last stay unread, and it is not closed.",
        "read on or close the connection in the code that is called when it is readable: a read into a full buffer"
            + " returns 0, takes nothing, and never comes to the end",
        OriginStacks.after(connection, connection.lastUse()),
        "last used",
        Ruling.Certainty.BY_AGE,
        List.of(
            Evidence.of(Evidence.Source.HOOK, "registered with a selector for OP_READ"),
            loop,
            Unread.hookEvidence(connection),
            suspicion.kernelEvidence()));
  }
}
