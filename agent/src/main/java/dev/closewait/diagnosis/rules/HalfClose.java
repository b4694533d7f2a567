package dev.closewait.diagnosis.rules;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.SocketEvent;
import dev.closewait.diagnosis.Suspicion;
import org.jspecify.annotations.Nullable;

/** What a connection shows of a half-close by the application. */
final class HalfClose {
  /** Where TLS of the JDK shuts down the output by itself, once both sides have said goodbye. */
  private static final String TLS = "sun.security.ssl.";

  private HalfClose() {}

  /**
   * True when the application has shut down its output and the peer has ended its direction: nobody
   * was cut off, and the descriptor is all that is left.
   */
  static boolean hasEndedBothWays(Suspicion suspicion) {
    ConnectionSnapshot connection = suspicion.connection();
    return connection.outputShutdown()
        && connection.error() == null
        && (suspicion.isDead() || connection.eof() != null)
        && isOfApplication(connection.shutdown());
  }

  /** Without a stack it is not known who shut the direction down. */
  static boolean isOfApplication(@Nullable SocketEvent shutdown) {
    return shutdown != null
        && !shutdown.frames().isEmpty()
        && shutdown.frames().stream().noneMatch(frame -> frame.getClassName().startsWith(TLS));
  }
}
