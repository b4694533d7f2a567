package java.net;

/**
 * One open connection or listening socket and what the application does with it.
 *
 * <p>Application threads write with plain stores, which is what makes a read or write cost nothing
 * measurable; the scanner reads them one scan late at most. Only the scanner calls the methods that
 * resolve, release or judge.
 */
public final class CloseWaitRecord extends CloseWaitFarewell {
  private boolean readTried;
  private boolean lastUseStackIsOlder;
  private boolean connectPending;
  private boolean writtenSinceEof;

  private CloseWaitThread lastThread;
  private CloseWaitEvent lastThreadEnd;
  private Object lastUseStack;

  /** Only the scanner writes it: a stack that is not resolved yet knows its thread. */
  private CloseWaitThread lastUseStackThread;

  private long lastUseNanos;
  private long lastUseStackNanos;
  private long lastWriteNanos;
  private int reads;
  private int writes;

  private CloseWaitEvent eof;
  private CloseWaitEvent error;
  private CloseWaitMethodExit lastExit;

  private int eofCountSeen;

  CloseWaitRecord(
      Object handle, int descriptor, byte kind, byte transport, CloseWaitRecord listener, long id) {
    super(handle, descriptor, kind, transport, listener, id);
  }

  void pending(boolean connectPending) {
    this.connectPending = connectPending;
  }

  /**
   * A selector's loop tries again and again: only the first is looked at, only while nothing was
   * read or written, and never at the cost of the first use of another connection.
   */
  void readTried(long now, CloseWaitBudget budget) {
    if (readTried) {
      return;
    }
    readTried = true;
    if (lastUseNanos == 0) {
      if (budget.take(CloseWaitBudget.USE_AGAIN, site())) {
        lastUseStack = new CloseWaitStack(new CloseWaitThread(Thread.currentThread()));
        lastUseStackNanos = now;
      }
      CloseWaitWatch watch = CloseWaitWatch.current;
      if (watch != null) {
        watch.used(this);
      }
    }
  }

  void read(long now, CloseWaitBudget budget) {
    reads = reads + 1;
    used(now, budget);
  }

  void written(long now, CloseWaitBudget budget) {
    writes = writes + 1;
    lastWriteNanos = now;
    if (eof != null) {
      writtenSinceEof = true;
    }
    used(now, budget);
  }

  /**
   * The first use after an idle tick has a budget of its own, so that busy connections do not
   * starve idle ones.
   */
  private void used(long now, CloseWaitBudget budget) {
    CloseWaitThread user = usedByCurrentThread();
    boolean isFirst = lastUseNanos == 0;
    int purpose = lastUseNanos == now ? CloseWaitBudget.USE_AGAIN : CloseWaitBudget.USE;
    lastUseNanos = now;
    if (budget.take(purpose, site())) {
      lastUseStack = new CloseWaitStack(user);
      lastUseStackNanos = now;
      lastUseStackIsOlder = false;
    } else {
      if (isFirst) {
        // Of a read that got nothing.
        lastUseStack = null;
      }
      lastUseStackIsOlder = true;
    }
  }

  /** Most connections are used by one thread again and again: that allocates nothing. */
  private CloseWaitThread usedByCurrentThread() {
    Thread current = Thread.currentThread();
    CloseWaitThread last = lastThread;
    if (last == null || !last.refersTo(current)) {
      last = new CloseWaitThread(current);
      lastThread = last;
      lastThreadEnd = null;
    }
    CloseWaitWatch watch = CloseWaitWatch.current;
    if (watch != null) {
      watch.used(this);
    }
    return last;
  }

  /** A watched method in which the connection was used has been left. */
  void methodExited(int method, int line, Throwable thrown) {
    lastExit = CloseWaitMethodExit.add(lastExit, method, line, thrown, this);
  }

  /** True when no other thread has used it later. */
  boolean isLeftTo(Thread thread) {
    CloseWaitThread last = lastThread;
    return last == null || last.refersTo(thread);
  }

  void lastThreadEnding(CloseWaitEvent end) {
    lastThreadEnd = end;
  }

  void sawEof(CloseWaitBudget budget) {
    usedByCurrentThread();
    CloseWaitEvent first = eof;
    if (first != null) {
      first.count = first.count + 1;
      return;
    }
    boolean sampled = budget.take(CloseWaitBudget.END, site());
    eof = new CloseWaitEvent(sampled ? new CloseWaitStack() : null, null);
  }

  /** The exception itself is the stack: it was filled in where it was thrown. */
  void sawError(Throwable thrown) {
    usedByCurrentThread();
    CloseWaitEvent last = error;
    CloseWaitEvent event = new CloseWaitEvent(thrown, thrown);
    event.count = last == null ? 1 : last.count + 1;
    error = event;
  }

  /** The stack of this accept; null where the budget allows none. */
  CloseWaitStack acceptedOne(long now, boolean sampled) {
    writes = writes + 1;
    lastUseNanos = now;
    CloseWaitThread acceptor = usedByCurrentThread();
    if (!sampled) {
      return null;
    }
    CloseWaitStack stack = new CloseWaitStack(acceptor);
    lastUseStack = stack;
    lastUseStackNanos = now;
    return stack;
  }

  /** The stack of an earlier accept by the same thread; null when there is none. */
  Object acceptStackOf(Thread thread) {
    Object stack = lastUseStack;
    CloseWaitThread acceptor = threadOf(stack);
    return acceptor != null && acceptor.refersTo(thread) ? stack : null;
  }

  /**
   * The thread that last read, wrote or accepted, or saw the end or an error; null before. Not
   * always that of {@link #lastUseStack}.
   */
  public CloseWaitThread lastThread() {
    return lastThread;
  }

  /** The exception that ended {@link #lastThread}; null as a rule. */
  public CloseWaitEvent lastThreadEnd() {
    return lastThreadEnd;
  }

  /**
   * Of the last use that the budget covered, before any of the first read that got nothing: a
   * {@link Throwable} or {@code StackTraceElement[]}; null without.
   */
  public Object lastUseStack() {
    return lastUseStack;
  }

  /** Whose stack it is, of the one that {@link #lastUseStack} has returned; null without. */
  public CloseWaitThread threadOf(Object stack) {
    if (stack instanceof CloseWaitStack) {
      return ((CloseWaitStack) stack).thread;
    }
    return stack == null ? null : lastUseStackThread;
  }

  /** Last read, write or accept, as coarse as the scanner's tick; 0 before the first. */
  public long lastUseNanos() {
    return lastUseNanos;
  }

  /** True when the last use was after {@link #lastUseStack} was taken. */
  public boolean isLastUseStackOlder() {
    return lastUseStackIsOlder;
  }

  /** When {@link #lastUseStack} was taken. */
  public long lastUseStackNanos() {
    return lastUseStackNanos;
  }

  public long lastWriteNanos() {
    return lastWriteNanos;
  }

  /** Reads that returned data; wraps around after 2^32. */
  public int reads() {
    return reads;
  }

  /**
   * Writes that moved data, for a listening socket connections accepted; wraps around after 2^32.
   */
  public int writes() {
    return writes;
  }

  /** True when a read was tried that found no data yet. */
  public boolean isReadTried() {
    return readTried;
  }

  /** True when a write has moved data after a read had returned -1. */
  public boolean isWrittenSinceEof() {
    return writtenSinceEof;
  }

  public boolean isConnectPending() {
    return connectPending;
  }

  /** The first read that returned -1, with the number of reads that did; null before. */
  public CloseWaitEvent eof() {
    return eof;
  }

  /** The last exception that a read, write, connect or accept threw; null before. */
  public CloseWaitEvent error() {
    return error;
  }

  /** The last exit of a watched method, with those before it; null when there was none. */
  public CloseWaitMethodExit lastExit() {
    return lastExit;
  }

  /** How often it was read, written, or its end or an error seen; wraps around after 2^32. */
  public int uses() {
    CloseWaitEvent end = eof;
    CloseWaitEvent failure = error;
    return reads + writes + (end == null ? 0 : end.count) + (failure == null ? 0 : failure.count);
  }

  /**
   * Replaces the last-use stack by the scanner's interned copy, unless a newer one was taken
   * meanwhile.
   *
   * @param thread whose stack it is, as {@link #threadOf} has returned it or a shared holder of it
   */
  public void resolveLastUseStack(
      Object expected, StackTraceElement[] frames, CloseWaitThread thread) {
    lastUseStackThread = thread;
    CloseWaitFields.replaceLastUseStack(this, expected, frames);
  }

  /** Shares one holder among the records that a thread has used, unless another did meanwhile. */
  public void shareLastThread(CloseWaitThread expected, CloseWaitThread shared) {
    CloseWaitFields.replaceLastThread(this, expected, shared);
  }

  /** True when more reads have returned -1 than at the last call. */
  public boolean readsEofAgain() {
    CloseWaitEvent event = eof;
    int count = event == null ? 0 : event.count();
    boolean again = eofCountSeen > 0 && count > eofCountSeen;
    eofCountSeen = count;
    return again;
  }
}
