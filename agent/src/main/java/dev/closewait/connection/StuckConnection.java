package dev.closewait.connection;

/**
 * A connection that ought to be closed: its peer has closed, it is dead, or somebody tried to close
 * it; or a client's one that holds a response which nobody reads.
 *
 * @param tcpState the kernel's number (include/net/tcp_states.h); negative when it cannot be told
 * @param unreadBytes what lies unread in a connection that is open at both ends; in CLOSE_WAIT data
 *     that lies unread, with one byte for the FIN; -1 where neither is known
 * @param unreachable true when an earlier scan has found the handle of a channel collected already
 * @param readsEofAgain true when more reads have returned -1 since the last scan
 * @param sinceNanos when the scanner first saw it stuck, on the clock of {@link System#nanoTime()}
 */
public record StuckConnection(
    ConnectionSnapshot connection,
    int tcpState,
    int unreadBytes,
    boolean unreachable,
    boolean readsEofAgain,
    long sinceNanos) {
  /** include/net/tcp_states.h. */
  private static final int ESTABLISHED = 1;

  /** True when nothing but an unread response speaks for closing it. */
  public boolean isOpenAtBothEnds() {
    return unreadBytes >= 0 && tcpState == ESTABLISHED;
  }
}
