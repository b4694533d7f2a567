package dev.closewait.diagnosis.rules;

import dev.closewait.connection.SocketEvent;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.LeakRule;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.Suspicion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A read returned -1, and nobody has closed since. */
public final class EofReadNotClosedRule implements LeakRule {

  @Override
  public @Nullable Ruling judge(Suspicion suspicion) {
    SocketEvent eof = suspicion.connection().eof();
    if (eof == null || suspicion.isDead()) {
      return null;
    }
    boolean again = suspicion.readsEofAgain();
    return new Ruling(
        Cause.EOF_READ_NOT_CLOSED,
        again
            ? "%s reads the end of the stream again and again and does not close the socket."
            : "%s read the end of the stream, and nobody has closed the socket since.",
        again
            ? "take -1 for the end: close the socket there, and do not read again"
            : "close the socket when read returns -1: try-with-resources around its use, or close() in a finally block",
        OriginStacks.after(suspicion.connection(), eof, suspicion.connection().lastUse()),
        Ruling.CULPRIT,
        Ruling.Certainty.BY_AGE,
        List.of(
            new Evidence(
                Evidence.Source.HOOK,
                again
                    ? "read returned -1 " + eof.count() + " times; no close since"
                    : "read returned -1; no close since",
                eof.frames()),
            suspicion.kernelEvidence()));
  }
}
