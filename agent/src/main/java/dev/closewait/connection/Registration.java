package dev.closewait.connection;

import java.nio.channels.SelectionKey;

/**
 * Whether a channel is registered with a selector, and for what.
 *
 * @param registered true when at least one selector holds a valid key of the channel
 * @param interestOps the operations of all its keys together, as in {@link SelectionKey}
 * @param blocking true when the channel is in blocking mode
 * @param everRegistered true when a selector has held a key of the channel, now or before
 */
public record Registration(
    boolean registered, int interestOps, boolean blocking, boolean everRegistered) {

  public Registration(boolean registered, int interestOps, boolean blocking) {
    this(registered, interestOps, blocking, registered);
  }

  /**
   * True when no selector watches the channel any more, nor can a thread wait for its data: it is
   * still non-blocking.
   */
  public boolean isKeyLost() {
    return everRegistered && !registered && !blocking;
  }

  /** True when a selector watches the channel, and not for data or the end of the stream. */
  public boolean isReadInterestOff() {
    return registered && (interestOps & SelectionKey.OP_READ) == 0;
  }

  /** True when a selector that is asked tells of data and of the end of the stream. */
  public boolean isReadAwaited() {
    return registered && !blocking && (interestOps & SelectionKey.OP_READ) != 0;
  }

  /** The operations by their names in {@link SelectionKey}; {@code none} for 0. */
  public String interestNames() {
    if (interestOps == 0) {
      return "none";
    }
    StringBuilder names = new StringBuilder();
    append(names, SelectionKey.OP_READ, "OP_READ");
    append(names, SelectionKey.OP_WRITE, "OP_WRITE");
    append(names, SelectionKey.OP_CONNECT, "OP_CONNECT");
    append(names, SelectionKey.OP_ACCEPT, "OP_ACCEPT");
    return names.toString();
  }

  private void append(StringBuilder names, int operation, String name) {
    if ((interestOps & operation) != 0) {
      names.append(names.length() == 0 ? "" : "|").append(name);
    }
  }
}
