package dev.closewait.diagnosis;

import org.jspecify.annotations.Nullable;

/**
 * One stuck connection with its ruling and its culprit, before findings at one place become a
 * group.
 *
 * @param culprit null when no stack has a frame outside the JDK
 * @param sampled true when the connection has a stack of its own
 * @param originId what connections without a stack have in common with those that have one: the
 *     listening socket's id, or the negative port connected to
 */
record Finding(
    String fingerprint,
    SocketKind kind,
    Verdict verdict,
    Ruling ruling,
    @Nullable StackTraceElement culprit,
    boolean sampled,
    long originId,
    LeakedConnection connection) {

  Finding joining(Finding other) {
    return new Finding(
        other.fingerprint,
        kind,
        verdict,
        other.ruling,
        other.culprit,
        sampled,
        originId,
        connection);
  }
}
