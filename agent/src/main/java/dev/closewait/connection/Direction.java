package dev.closewait.connection;

/** Who opened a connection, seen from this process. */
public enum Direction {
  /** A peer connected to a listening socket of this process. */
  ACCEPTED,
  /** This process connected to a peer. */
  CONNECTED,
  /** Opened before the agent watched, or by code that the hooks do not see. */
  UNKNOWN
}
