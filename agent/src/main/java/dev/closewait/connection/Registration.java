package dev.closewait.connection;

/**
 * Whether a channel is registered with a selector, and for what.
 *
 * @param registered true when at least one selector holds a valid key of the channel
 * @param interestOps the operations of all its keys together, as in {@link
 *     java.nio.channels.SelectionKey}
 * @param blocking true when the channel is in blocking mode
 */
public record Registration(boolean registered, int interestOps, boolean blocking) {

  /**
   * The operations by their names in {@link java.nio.channels.SelectionKey}; {@code none} for 0.
   */
  public String interestNames() {
    if (interestOps == 0) {
      return "none";
    }
    StringBuilder names = new StringBuilder();
    append(names, 1, "OP_READ");
    append(names, 4, "OP_WRITE");
    append(names, 8, "OP_CONNECT");
    append(names, 16, "OP_ACCEPT");
    return names.toString();
  }

  private void append(StringBuilder names, int operation, String name) {
    if ((interestOps & operation) != 0) {
      names.append(names.length() == 0 ? "" : "|").append(name);
    }
  }
}
