package dev.closewait.diagnosis.rules;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.Direction;
import dev.closewait.connection.Registration;
import dev.closewait.connection.SocketEvent;
import dev.closewait.connection.ThreadEnd;
import dev.closewait.diagnosis.ApplicationFrames;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.Suspicion;
import dev.closewait.diagnosis.ThreadLook;
import dev.closewait.diagnosis.thread.Activity;
import dev.closewait.kernel.TcpState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Data that the peer sent before its FIN and that nobody reads, and where its reader is. */
final class Unread {
  /** An unread FIN counts as one byte of the receive queue. */
  private static final int FIN = 1;

  /** A close_notify of TLS 1.3, padded as the JDK does (RFC 8446 section 5.4). */
  private static final int TLS_GOODBYE_BYTES = 80;

  /** Code of the JDK that is on the stack of every read and write. */
  private static final List<String> PLUMBING =
      List.of("java.", "jdk.internal.", "sun.nio.ch.", "sun.security.ssl.");

  /** As far as the connections tell that are open. */
  static final String SEEN_TO_USE = " thread that was seen to use channels of its selector";

  private final ApplicationFrames application;

  Unread(ApplicationFrames application) {
    this.application = application;
  }

  /** {@code 8 bytes}, without the FIN. */
  static String text(Suspicion suspicion) {
    long bytes = bytes(suspicion);
    return bytes + (bytes == 1 ? " byte" : " bytes");
  }

  /** Without the FIN; negative when it is not known. */
  static long bytes(Suspicion suspicion) {
    return suspicion.receiveQueueBytes() - FIN;
  }

  static Evidence hookEvidence(ConnectionSnapshot connection) {
    return Evidence.of(
        Evidence.Source.HOOK,
        "reads that returned data: " + connection.reads() + ", none that returned -1; no close");
  }

  /**
   * Why the thread that last used the connection does not read the rest; null where there is no
   * rest, or the reason is not proven.
   */
  @Nullable Evidence absenceOfReader(Suspicion suspicion) {
    SocketEvent use = suspicion.connection().lastUse();
    return use == null || !isLeft(suspicion) ? null : absence(suspicion, use);
  }

  /** True when there is a rest of what was read before. */
  private static boolean isLeft(Suspicion suspicion) {
    ConnectionSnapshot connection = suspicion.connection();
    long bytes = bytes(suspicion);
    return suspicion.state() == TcpState.CLOSE_WAIT
        && connection.lastUse() != null
        && bytes > 0
        && connection.eof() == null
        && (bytes > TLS_GOODBYE_BYTES || !TlsFrames.areIn(connection));
  }

  /**
   * The thread that serves the connection's selector, where there is a rest and the thread goes on:
   * its selector tells it of the rest each time. Null where that is not proven.
   */
  @Nullable Evidence loopThatLeavesIt(Suspicion suspicion) {
    ThreadLook loop = suspicion.selectorLoop();
    return loop != null && isAwaited(suspicion) && isLeft(suspicion) && goesOn(loop)
        ? thread(
            loop,
            ", the only live"
                + SEEN_TO_USE
                + ", has gone on since the last scan and "
                + loop.doing())
        : null;
  }

  /** What no selector tells of any more, the thread that used it last has to come back to. */
  private static boolean isAwaited(Suspicion suspicion) {
    Registration registration = suspicion.connection().registration();
    return registration != null && registration.isReadAwaited();
  }

  /** Since the last scan; one that waits in its selector may have run before. */
  private boolean goesOn(ThreadLook loop) {
    return loop.activity() == Activity.SELECTS
        ? loop.cpu().lastPercent() > 0
        : loop.cpu().lastPercent() >= 0
            && loop.standingNanos() == 0
            && application.innermost(loop.stack()) != null;
  }

  private @Nullable Evidence absence(Suspicion suspicion, SocketEvent use) {
    ConnectionSnapshot connection = suspicion.connection();
    ThreadEnd end = connection.lastUserEnd();
    String name = end == null ? "the last user" : end.name();
    ThreadLook now = suspicion.lastUser();
    boolean isAwaited = isAwaited(suspicion);
    if (now == null) {
      boolean mayBeServed = isAwaited && suspicion.selectorLoop() != null;
      return mayBeServed || connection.collected() || connection.lastUser() != null
          ? null
          : gone(name, connection.lastUserEnd());
    }
    if (isAwaited) {
      // A thread that serves others may be called for this one too, by its selector.
      return null;
    }
    if (connection.direction() == Direction.ACCEPTED && suspicion.lastUserServesAnother()) {
      return application.innermost(now.stack()) == null
          ? thread(now, " has served another connection since and " + now.doing())
          : thread(now, " serves another connection since");
    }
    return !connection.lastUseStackIsOlder() && hasLeft(use, now)
        ? thread(now, " has left the call that used it")
        : null;
  }

  private static Evidence gone(String name, @Nullable ThreadEnd end) {
    return end == null || end.exception() == null
        ? Evidence.of(Evidence.Source.THREAD, name + ", which used it last, is gone")
        : new Evidence(Evidence.Source.HOOK, end.fact(), end.frames());
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
