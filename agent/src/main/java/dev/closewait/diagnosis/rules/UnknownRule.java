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
import java.util.ArrayList;
import java.util.List;

/**
 * The connection is stuck for certain and no other rule holds: says what is known and what is
 * missing.
 */
public final class UnknownRule implements LeakRule {

  @Override
  public Ruling judge(Suspicion suspicion) {
    ConnectionSnapshot connection = suspicion.connection();
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(Evidence.of(Evidence.Source.HOOK, hookFact(suspicion)));
    evidence.add(suspicion.kernelEvidence());
    return new Ruling(
        Cause.UNKNOWN,
        what(suspicion) + "; " + use(connection),
        "close the socket on every way out of the code that uses it: try-with-resources around its use, or close() in a"
            + " finally block",
        OriginStacks.after(
            connection, connection.error(), connection.lastUse(), connection.triedRead()),
        connection.lastUse() == null ? Ruling.CULPRIT : "last used",
        Ruling.Certainty.BY_AGE,
        evidence);
  }

  /** Nothing is denied where the hooks do not see it. */
  private static String use(ConnectionSnapshot connection) {
    if (connection.lastUse() != null || connection.error() != null) {
      return "%s was the last to use the connection and has neither read its end nor closed it.";
    }
    if (connection.triedRead() != null) {
      return "%s had tried to read the connection and got nothing, and nobody has closed it since.";
    }
    if (connection.readTried()) {
      return "a read of the connection opened in %s had been tried and got nothing, and nobody has closed it since.";
    }
    return connection.transport().isNative() || connection.direction() == Direction.UNKNOWN
        ? "the connection opened in %s is not closed."
        : "the connection opened in %s was not used since and not closed.";
  }

  /** As far as the kernel tells. */
  private static String what(Suspicion suspicion) {
    if (suspicion.state() == TcpState.CLOSE_WAIT) {
      return "The peer has closed";
    }
    return suspicion.state() == null
        ? "The kernel could not be asked for the connection's state"
        : "The connection is " + suspicion.state() + " and its object is gone";
  }

  private static String hookFact(Suspicion suspicion) {
    ConnectionSnapshot connection = suspicion.connection();
    if (connection.opened().stack() == null && connection.opened().threadName() == null) {
      return "opened before the agent watched: no stacks";
    }
    if (connection.transport().isNative()) {
      return "no close; reads and writes over a native transport of Netty are not seen";
    }
    String fact =
        "no read returned -1, no close; "
            + count(connection.reads(), "read")
            + ", "
            + count(connection.writes(), "write")
            + (connection.readTried() && connection.reads() == 0
                ? "; a read was tried and got nothing"
                : "");
    return fact + "; " + missing(suspicion);
  }

  /** What kept the rules that are asked before from holding. */
  private static String missing(Suspicion suspicion) {
    long queue = suspicion.receiveQueueBytes();
    if (queue > 1) {
      return "data was left unread, and whether its last user comes back to it is not known";
    }
    Registration registration = suspicion.connection().registration();
    if (registration != null && registration.registered()) {
      return "registered for "
          + registration.interestNames()
          + ", and whether its selector still runs is not known";
    }
    return queue < 0
        ? "why nobody reads on is not known, nor whether data was left unread"
        : "why nobody reads on is not known";
  }

  private static String count(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
