package dev.closewait.diagnosis.rules;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.Direction;
import dev.closewait.connection.Registration;
import dev.closewait.connection.ThreadEnd;
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
  private static final String ONLY_USER = "the only" + Unread.SEEN_TO_USE;

  @Override
  public Ruling judge(Suspicion suspicion) {
    ConnectionSnapshot connection = suspicion.connection();
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(Evidence.of(Evidence.Source.HOOK, hookFact(suspicion)));
    ThreadEnd loopEnd = suspicion.selectorLoopEnd();
    if (loopEnd != null && connection.lastUserEnd() == null) {
      evidence.add(evidence(loopEnd));
    }
    evidence.add(suspicion.kernelEvidence());
    if (loopEnd != null && loopEnd.exception() != null && isLeftTo(loopEnd, connection)) {
      return loopEnded(suspicion, loopEnd, evidence);
    }
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

  private static Evidence evidence(ThreadEnd loopEnd) {
    return new Evidence(
        loopEnd.exception() == null ? Evidence.Source.THREAD : Evidence.Source.HOOK,
        ONLY_USER + ": " + loopEnd.fact(),
        loopEnd.frames());
  }

  /** True when nobody else was seen to use it. */
  private static boolean isLeftTo(ThreadEnd loopEnd, ConnectionSnapshot connection) {
    boolean isUnused = connection.lastUse() == null && !connection.readTried();
    return connection.eof() == null
        && connection.error() == null
        && (isUnused || loopEnd.equals(connection.lastUserEnd()));
  }

  /** Not the code that registered the connection is at fault, but what ended the loop. */
  private static Ruling loopEnded(Suspicion suspicion, ThreadEnd loopEnd, List<Evidence> evidence) {
    List<List<StackTraceElement>> blamed = new ArrayList<>();
    blamed.add(loopEnd.frames());
    blamed.addAll(OriginStacks.of(suspicion.connection()));
    // The place of the culprit is no part of what the application has written there.
    String end = (loopEnd.name() + ", was ended by " + loopEnd.exception()).replace("%s", "% s");
    return new Ruling(
        Cause.UNKNOWN,
        what(suspicion) + "; " + ONLY_USER + ", " + end + ", in %s.",
        "catch what the work for one connection throws, close that connection, and let the loop go on with the others",
        blamed,
        Ruling.CULPRIT,
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
    ConnectionSnapshot connection = suspicion.connection();
    long queue = suspicion.receiveQueueBytes();
    if (queue > 1 && connection.lastUse() != null) {
      return "data was left unread, and whether its last user comes back to it is not known";
    }
    String unread = queue > 1 ? "data was left unread; " : "";
    Registration registration = connection.registration();
    if (registration != null && registration.registered()) {
      return unread
          + "registered for "
          + registration.interestNames()
          + (suspicion.selectorLoopEnd() == null
              ? ", and whether its selector still runs is not known"
              : ", and whether another thread runs its selector is not known");
    }
    if (queue > 1) {
      return unread + "why nobody reads it is not known";
    }
    return queue < 0
        ? "why nobody reads on is not known, nor whether data was left unread"
        : "why nobody reads on is not known";
  }

  private static String count(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
