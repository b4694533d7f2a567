package dev.closewait.diagnosis;

/** What leaks, as far as it separates two leak groups at one place. */
public enum SocketKind {
  LISTENER,
  ACCEPTED,
  CONNECTED,
  COLLECTED
}
