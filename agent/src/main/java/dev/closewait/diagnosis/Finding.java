package dev.closewait.diagnosis;

import org.jspecify.annotations.Nullable;

/**
 * One stuck connection with its ruling and its culprit, before findings at one place become a
 * group.
 *
 * @param id the connection's id; negative, from the listening socket's id, for one in an accept
 *     queue
 * @param culprit null when no stack has a frame outside the JDK
 * @param sampled true when the connection has a stack of its own
 * @param origin what connections without a stack have in common with those that have one: where
 *     they were accepted, or what they were connected to
 * @param count connections that this finding stands for, at least 1
 */
record Finding(
    long id,
    String fingerprint,
    SocketKind kind,
    Verdict verdict,
    Ruling ruling,
    @Nullable Culprit culprit,
    boolean sampled,
    String origin,
    int count,
    LeakedConnection connection) {

  /** True when it is known how the methods that used the connection were left. */
  boolean isExplained() {
    return MethodExits.tell(ruling.cause())
        && MethodExits.explain(connection.record(), culprit == null ? null : culprit.frame());
  }

  /** The same connection at the place of another that was opened like it. */
  Finding joining(Finding other) {
    return new Finding(
        id,
        other.fingerprint,
        kind,
        verdict,
        other.ruling,
        other.culprit,
        sampled,
        origin,
        count,
        connection);
  }

  /** The same finding in the group in which the connection was reported first. */
  Finding under(String firstFingerprint) {
    return new Finding(
        id, firstFingerprint, kind, verdict, ruling, culprit, sampled, origin, count, connection);
  }

  Finding standingFor(int connections) {
    return new Finding(
        id, fingerprint, kind, verdict, ruling, culprit, sampled, origin, connections, connection);
  }
}
