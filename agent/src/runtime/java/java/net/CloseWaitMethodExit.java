package java.net;

/**
 * How a watched method was left while a connection that was used in it was open: a return, or an
 * exception.
 */
public final class CloseWaitMethodExit extends CloseWaitEvent {
  /** The line is in the frames of the exception. */
  static final int LINE_OF_THROWABLE = 0;

  /** A chain that is longer starts anew when the connection is used again. */
  private static final int MOST_BEFORE_USE = 8;

  private static final int MOST = 24;

  private final int method;
  private final int line;
  private final int uses;
  private final boolean byLastUser;
  private final int length;
  private final CloseWaitMethodExit previous;

  private CloseWaitMethodExit(
      int method,
      int line,
      Throwable thrown,
      int uses,
      boolean byLastUser,
      CloseWaitMethodExit previous) {
    super(thrown, thrown);
    this.method = method;
    this.line = line;
    this.uses = uses;
    this.byLastUser = byLastUser;
    this.previous = previous;
    this.length = previous == null ? 1 : previous.length + 1;
  }

  /** The chain with one more exit, unless it is full. */
  static CloseWaitMethodExit add(
      CloseWaitMethodExit last, int method, int line, Throwable thrown, CloseWaitRecord entry) {
    int uses = entry.uses();
    CloseWaitMethodExit kept = last;
    if (last != null && last.uses != uses && last.length >= MOST_BEFORE_USE) {
      kept = null;
    }
    return kept != null && kept.length >= MOST
        ? kept
        : new CloseWaitMethodExit(
            method, line, thrown, uses, entry.isLeftTo(Thread.currentThread()), kept);
  }

  /** See {@link CloseWaitWatch#method}. */
  public int method() {
    return method;
  }

  /** Of a return; negative when the method does not know its lines, 0 for an exception. */
  public int line() {
    return line;
  }

  /** How often the connection had been used by then. */
  public int uses() {
    return uses;
  }

  /** True when no other thread had used the connection later than the one that left the method. */
  public boolean byLastUser() {
    return byLastUser;
  }

  /** The one before, null for the first. */
  public CloseWaitMethodExit previous() {
    return previous;
  }
}
