package dev.closewait.diagnosis;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.Direction;
import dev.closewait.connection.ListenerSnapshot;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns a ruling into a finding: culprit, fingerprint and verdict.
 *
 * <p>Confined to the scanner thread. What one scan alone has found is never called a leak by its
 * age: only the next can tell whether its threads go on, and on a machine without a free core it
 * may come long after the threshold.
 */
final class FindingFactory {
  static final int LEAK_AFTER_THRESHOLDS = 6;

  private final CulpritFinder culprits;
  private final long thresholdNanos;
  private Set<Long> foundBefore = Set.of();
  private Set<Long> found = new HashSet<>();

  FindingFactory(CulpritFinder culprits, long thresholdNanos) {
    this.culprits = culprits;
    this.thresholdNanos = thresholdNanos;
  }

  /**
   * @param lateNanos for how long it has been stuck and unused
   */
  Finding ofConnection(
      Ruling ruling, LeakedConnection leaked, ConnectionSnapshot connection, long lateNanos) {
    return of(kindOf(connection), ruling, leaked, connection, lateNanos);
  }

  /** Of a socket that the garbage collector has closed: nothing of it is open. */
  Finding ofCollected(Ruling ruling, LeakedConnection leaked, ConnectionSnapshot connection) {
    return of(SocketKind.COLLECTED, ruling, leaked, connection, 0);
  }

  private Finding of(
      SocketKind kind,
      Ruling ruling,
      LeakedConnection leaked,
      ConnectionSnapshot connection,
      long lateNanos) {
    Culprit culprit = culprits.find(ruling, connection);
    String origin = originOf(connection);
    return new Finding(
        connection.id(),
        fingerprint(kind, culprit, origin),
        kind,
        verdict(connection.id(), ruling.certainty(), lateNanos),
        Advice.refine(ruling, culprit, connection),
        culprit,
        isSampled(ruling, culprit, connection),
        origin,
        1,
        leaked);
  }

  Finding ofListener(Ruling ruling, LeakedConnection leaked, ListenerSnapshot listener) {
    Culprit culprit = culprits.find(ruling.blamed());
    String origin = listener.local().toString();
    long id = -listener.id();
    return new Finding(
        id,
        fingerprint(SocketKind.LISTENER, culprit, origin),
        SocketKind.LISTENER,
        verdict(id, ruling.certainty(), leaked.stuckNanos()),
        ruling,
        culprit,
        true,
        origin,
        1,
        leaked);
  }

  /** True when not all of the code on the stacks could be read in this scan. */
  boolean isExhausted() {
    return culprits.isExhausted();
  }

  /** Lets go of what one scan has read, but for what it has found. */
  void endScan() {
    culprits.endScan();
    foundBefore = found;
    found = new HashSet<>();
  }

  /**
   * @param kind as far as the local port tells
   */
  Finding ofUntracked(Ruling ruling, LeakedConnection leaked, SocketKind kind) {
    String origin =
        kind == SocketKind.ACCEPTED ? leaked.local().toString() : "to " + leaked.remote();
    long id = Long.MIN_VALUE + leaked.inode();
    return new Finding(
        id,
        fingerprint(kind, null, origin),
        kind,
        verdict(id, ruling.certainty(), leaked.stuckNanos()),
        ruling,
        null,
        false,
        origin,
        1,
        leaked);
  }

  private static String fingerprint(SocketKind kind, @Nullable Culprit culprit, String origin) {
    return Fingerprint.of(kind, culprit == null ? null : culprit.frame(), origin);
  }

  private Verdict verdict(long id, Ruling.Certainty certainty, long lateNanos) {
    found.add(id);
    boolean isOld = lateNanos >= LEAK_AFTER_THRESHOLDS * thresholdNanos && foundBefore.contains(id);
    return switch (certainty) {
      case PROVEN -> Verdict.LEAK;
      case HARMLESS -> Verdict.SUSPECT;
      case BY_AGE -> isOld ? Verdict.LEAK : Verdict.SUSPECT;
    };
  }

  private static SocketKind kindOf(ConnectionSnapshot connection) {
    return connection.direction() == Direction.CONNECTED
        ? SocketKind.CONNECTED
        : SocketKind.ACCEPTED;
  }

  /** Only of a connection that this process opened is the remote port one that lasts. */
  private static String originOf(ConnectionSnapshot connection) {
    ListenerSnapshot listener = connection.listener();
    if (listener != null) {
      return listener.local().toString();
    }
    return connection.direction() == Direction.CONNECTED
        ? "to " + connection.remote()
        : connection.local().toString();
  }

  /**
   * The stack that the ruling asks first is its own, unless it is shared with other accepts, or is
   * of an earlier use in which no frame of the application took part.
   */
  private static boolean isSampled(
      Ruling ruling, @Nullable Culprit culprit, ConnectionSnapshot connection) {
    if (ruling.blamed().isEmpty() || ruling.blamed().get(0).isEmpty()) {
      return false;
    }
    boolean ownPlace = culprit != null && culprit.isOwn();
    boolean ofOpening = ruling.blamed().get(0).equals(connection.opened().frames());
    return (ownPlace || !connection.lastUseStackIsOlder())
        && (!ofOpening || connection.opened().detail() == null);
  }
}
