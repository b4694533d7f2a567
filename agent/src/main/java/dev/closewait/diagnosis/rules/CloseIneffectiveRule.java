package dev.closewait.diagnosis.rules;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.Registration;
import dev.closewait.connection.SocketEvent;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.LeakRule;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.Suspicion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code close()} ran or failed, but the descriptor is still there.
 *
 * <p>A non-blocking channel that is registered keeps its descriptor until its selector runs again
 * ({@code SocketChannelImpl.implCloseNonBlockingMode}, OpenJDK 17 and 25).
 */
public final class CloseIneffectiveRule implements LeakRule {

  @Override
  public @Nullable Ruling judge(Suspicion suspicion) {
    ConnectionSnapshot connection = suspicion.connection();
    SocketEvent close = connection.closeRequest();
    if (close == null) {
      return null;
    }
    Registration registration = connection.registration();
    boolean waitsForSelector =
        registration != null && !registration.blocking() && close.detail() == null;
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        new Evidence(
            Evidence.Source.HOOK,
            close.detail() == null
                ? "close() was called; the descriptor was not released since"
                : "close() failed: " + close.detail(),
            close.frames()));
    if (waitsForSelector) {
      evidence.add(
          Evidence.of(
              Evidence.Source.HOOK,
              "the channel is non-blocking: its selector has to run once more to release it"));
    }
    evidence.add(suspicion.kernelEvidence());
    return new Ruling(
        Cause.CLOSE_INEFFECTIVE,
        close.detail() == null
            ? "close() was called in %s, but the descriptor is still open."
            : "close() failed in %s, and the descriptor is still open.",
        waitsForSelector
            ? "let the selector that the channel is registered with run (select, selectNow) or close it: only then is the"
                + " descriptor released"
            : "look at the failed close() above: nothing has released the descriptor since",
        OriginStacks.after(connection, close),
        Ruling.CULPRIT,
        Ruling.Certainty.BY_AGE,
        evidence);
  }
}
