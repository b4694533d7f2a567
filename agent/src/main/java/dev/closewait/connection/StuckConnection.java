package dev.closewait.connection;

/**
 * A connection that ought to be closed: its peer has closed, it is dead, or somebody tried to close
 * it.
 *
 * @param tcpState the kernel's number (include/net/tcp_states.h); negative when it cannot be told
 * @param sinceNanos when the scanner first saw it stuck, on the clock of {@link System#nanoTime()}
 */
public record StuckConnection(ConnectionSnapshot connection, int tcpState, long sinceNanos) {}
