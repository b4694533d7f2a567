package dev.closewait.diagnosis;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.Direction;
import dev.closewait.connection.ListenerSnapshot;

/** Turns a ruling into a finding: culprit, fingerprint and verdict. */
final class FindingFactory {
  private static final int LEAK_AFTER_THRESHOLDS = 6;

  private final CulpritFinder culprits;
  private final long thresholdNanos;

  FindingFactory(CulpritFinder culprits, long thresholdNanos) {
    this.culprits = culprits;
    this.thresholdNanos = thresholdNanos;
  }

  Finding ofConnection(Ruling ruling, LeakedConnection leaked, ConnectionSnapshot connection) {
    StackTraceElement culprit = culprits.find(ruling.blamed());
    SocketKind kind = kindOf(connection);
    ListenerSnapshot listener = connection.listener();
    long origin = listener == null ? -connection.remote().port() : listener.id();
    String place = listener == null ? connection.remote().toString() : listener.local().toString();
    return new Finding(
        Fingerprint.of(kind, culprit, place),
        kind,
        verdict(ruling.certainty(), leaked.stuckNanos()),
        ruling,
        culprit,
        isSampled(ruling),
        origin,
        leaked);
  }

  Finding ofListener(Ruling ruling, LeakedConnection leaked, ListenerSnapshot listener) {
    StackTraceElement culprit = culprits.find(ruling.blamed());
    return new Finding(
        Fingerprint.of(SocketKind.LISTENER, culprit, listener.local().toString()),
        SocketKind.LISTENER,
        verdict(ruling.certainty(), leaked.stuckNanos()),
        ruling,
        culprit,
        true,
        listener.id(),
        leaked);
  }

  private Verdict verdict(Ruling.Certainty certainty, long stuckNanos) {
    return switch (certainty) {
      case PROVEN -> Verdict.LEAK;
      case HARMLESS -> Verdict.SUSPECT;
      case BY_AGE ->
          stuckNanos >= LEAK_AFTER_THRESHOLDS * thresholdNanos ? Verdict.LEAK : Verdict.SUSPECT;
    };
  }

  private static SocketKind kindOf(ConnectionSnapshot connection) {
    if (connection.collected()) {
      return SocketKind.COLLECTED;
    }
    return connection.direction() == Direction.CONNECTED
        ? SocketKind.CONNECTED
        : SocketKind.ACCEPTED;
  }

  /** The stack that the ruling asks first is its own; those after it are of the opening. */
  private static boolean isSampled(Ruling ruling) {
    return !ruling.blamed().isEmpty() && !ruling.blamed().get(0).isEmpty();
  }
}
