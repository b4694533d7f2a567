package dev.closewait.diagnosis.rules;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.Direction;
import dev.closewait.connection.SocketEvent;
import dev.closewait.diagnosis.ApplicationFrames;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.LeakRule;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.Suspicion;
import dev.closewait.diagnosis.ThreadLook;
import dev.closewait.kernel.TcpState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The peer's last bytes are unread, and the thread that used to read them does something else or is
 * gone.
 *
 * <p>That it was not used for the threshold is known before any rule is asked. Over TLS the peer's
 * goodbye is unread data too, and says nothing about a request. A response that a client has not
 * read is not judged here.
 */
public final class UnreadDataRule implements LeakRule {
  /** An unread FIN counts as one byte of the receive queue. */
  private static final int FIN = 1;

  /** A close_notify of TLS 1.3, padded as the JDK does (RFC 8446 section 5.4). */
  private static final int TLS_GOODBYE_BYTES = 80;

  /** Code of the JDK that is on the stack of every read and write. */
  private static final List<String> PLUMBING =
      List.of("java.", "jdk.internal.", "sun.nio.ch.", "sun.security.ssl.");

  private final ApplicationFrames application;

  public UnreadDataRule(ApplicationFrames application) {
    this.application = application;
  }

  @Override
  public @Nullable Ruling judge(Suspicion suspicion) {
    ConnectionSnapshot connection = suspicion.connection();
    SocketEvent use = connection.lastUse();
    long unread = suspicion.receiveQueueBytes() - FIN;
    if (suspicion.state() != TcpState.CLOSE_WAIT
        || connection.direction() == Direction.CONNECTED
        || unread <= 0
        || use == null
        || connection.eof() != null
        || (unread <= TLS_GOODBYE_BYTES && TlsFrames.areIn(connection))) {
      return null;
    }
    Evidence absence = absence(suspicion, use);
    if (absence == null) {
      return null;
    }
    return new Ruling(
        Cause.UNREAD_DATA,
        "%s was the last to use the connection, nobody reads the "
            + unread
            + " bytes that its peer sent last, and it is not closed: "
            + absence.fact()
            + ".",
        "whoever stops reading a connection has to close it: close() in a finally block of the code that reads, and"
            + " a timeout for connections that wait for their turn",
        OriginStacks.after(connection, use),
        "last used",
        Ruling.Certainty.BY_AGE,
        List.of(
            absence,
            Evidence.of(
                Evidence.Source.HOOK,
                "reads that returned data: "
                    + connection.reads()
                    + ", none that returned -1; no close"),
            suspicion.kernelEvidence()));
  }

  /** Why the thread that last used it does not read; null where that is not proven. */
  private @Nullable Evidence absence(Suspicion suspicion, SocketEvent use) {
    ConnectionSnapshot connection = suspicion.connection();
    String name = use.threadName() == null ? "the last user" : use.threadName();
    ThreadLook now = suspicion.lastUser();
    if (now == null) {
      return connection.collected() || connection.lastUser() != null
          ? null
          : Evidence.of(Evidence.Source.THREAD, name + ", which used it last, is gone");
    }
    if (suspicion.lastUserMovedOn()) {
      return thread(now, " serves another connection since");
    }
    return !connection.lastUseStackIsOlder() && hasLeft(use, now)
        ? thread(now, " has left the call that used it")
        : null;
  }

  private static Evidence thread(ThreadLook now, String fact) {
    return new Evidence(Evidence.Source.THREAD, now.name() + fact, now.stack());
  }

  /** The method that used it is not running any more on that thread. */
  private boolean hasLeft(SocketEvent use, ThreadLook now) {
    StackTraceElement used = user(use.frames());
    if (used == null || now.stack().isEmpty()) {
      return false;
    }
    for (StackTraceElement frame : now.stack()) {
      if (frame.getClassName().equals(used.getClassName())
          && frame.getMethodName().equals(used.getMethodName())) {
        return false;
      }
    }
    return true;
  }

  /** Of the application, or of the library that reads for it. */
  private @Nullable StackTraceElement user(List<StackTraceElement> frames) {
    StackTraceElement ofApplication = application.innermost(frames);
    if (ofApplication != null) {
      return ofApplication;
    }
    for (StackTraceElement frame : frames) {
      if (PLUMBING.stream().noneMatch(frame.getClassName()::startsWith)) {
        return frame;
      }
    }
    return null;
  }
}
