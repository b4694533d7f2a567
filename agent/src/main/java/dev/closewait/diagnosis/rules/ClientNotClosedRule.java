package dev.closewait.diagnosis.rules;

import dev.closewait.connection.ClientPart;
import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.SocketEvent;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.ClientUse;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.LeakRule;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.Suspicion;
import dev.closewait.library.ClientLibrary.Takes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The application has taken a connection and not closed it, or makes a client for each call and
 * closes none: each keeps the connection of its one call in a pool of its own.
 *
 * <p>One client that is made once and kept is no leak; two that the same call path has made for one
 * call each are.
 */
public final class ClientNotClosedRule implements LeakRule {
  private static final int CLIENTS_FOR_EACH_CALL = 2;

  @Override
  public @Nullable Ruling judge(Suspicion suspicion) {
    ConnectionSnapshot connection = suspicion.connection();
    ClientUse use = suspicion.client();
    if (use == null || connection.connectPending()) {
      return null;
    }
    SocketEvent taken = use.taken();
    if (use.isTaken() && taken != null && use.library().takes() == Takes.CONNECTION) {
      return ofConnection(use, taken, suspicion);
    }
    ClientPart owner = use.owner();
    SocketEvent made = owner == null ? null : owner.made();
    return made == null || use.isTaken() || suspicion.clientsAlike() < CLIENTS_FOR_EACH_CALL
        ? null
        : ofClient(use, made, suspicion);
  }

  private static Ruling ofConnection(ClientUse use, SocketEvent taken, Suspicion suspicion) {
    String closeRemedy = use.closeRemedy();
    return new Ruling(
        Cause.CLIENT_NOT_CLOSED,
        "%s took a connection to "
            + suspicion.connection().remote()
            + " from "
            + use.name()
            + " and has not closed it.",
        closeRemedy == null ? "close the connection in a finally block" : closeRemedy,
        use.blamed(suspicion.connection()),
        Ruling.CULPRIT,
        Ruling.Certainty.BY_AGE,
        List.of(
            new Evidence(
                Evidence.Source.HOOK,
                use.name()
                    + " handed it out"
                    + BodyNotConsumedRule.by(taken)
                    + ", and it was not closed since",
                taken.frames()),
            suspicion.kernelEvidence()));
  }

  private static Ruling ofClient(ClientUse use, SocketEvent made, Suspicion suspicion) {
    ConnectionSnapshot connection = suspicion.connection();
    String shareRemedy = use.shareRemedy();
    List<List<StackTraceElement>> blamed = new ArrayList<>();
    blamed.add(made.frames());
    blamed.addAll(use.blamed(connection));
    return new Ruling(
        Cause.CLIENT_NOT_CLOSED,
        "%s makes a client of "
            + use.name()
            + " for one call and does not close it; each keeps its connection to "
            + connection.remote()
            + ".",
        shareRemedy == null ? "keep one client for all calls, or close each" : shareRemedy,
        blamed,
        Ruling.CULPRIT,
        Ruling.Certainty.BY_AGE,
        List.of(
            new Evidence(
                Evidence.Source.HOOK,
                suspicion.clientsAlike()
                    + " clients were made here, none of them closed; each holds a connection to "
                    + connection.remote(),
                made.frames()),
            suspicion.kernelEvidence()));
  }
}
