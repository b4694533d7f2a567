package dev.closewait.diagnosis.rules;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.SocketEvent;
import java.util.List;

/** Tells by the names of classes on a connection's stacks that it carries TLS. */
final class TlsFrames {
  private static final List<String> WORDS = List.of("SSL", "Ssl", ".ssl.", "TLS", "Tls", ".tls.");

  private TlsFrames() {}

  static boolean areIn(ConnectionSnapshot connection) {
    SocketEvent use = connection.lastUse();
    return (use != null && areIn(use.frames())) || areIn(connection.opened().frames());
  }

  private static boolean areIn(List<StackTraceElement> frames) {
    for (StackTraceElement frame : frames) {
      for (String word : WORDS) {
        if (frame.getClassName().contains(word)) {
          return true;
        }
      }
    }
    return false;
  }
}
