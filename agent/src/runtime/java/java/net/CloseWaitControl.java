package java.net;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The switches, counters and clock of the hooks: what the agent's scanner sets and reads. All that
 * crosses is a JDK type or a class of this half.
 */
public final class CloseWaitControl {
  /**
   * Changes whenever the agent's view of this half changes; another agent version must not use it.
   */
  public static final String VERSION = "1";

  /** Read by the command line (AttachedJvm). */
  private static final String WATCHER_PROPERTY = "closewait.watcher";

  static final CloseWaitTable TABLE = new CloseWaitTable();
  static final CloseWaitBudget BUDGET = new CloseWaitBudget();

  private static final AtomicLong IDS = new AtomicLong();
  private static final AtomicLong OPENED = new AtomicLong();
  private static final AtomicLong CLOSED = new AtomicLong();
  private static final AtomicLong NOT_TRACKED = new AtomicLong();
  private static final AtomicLong CLOSE_NOT_SEEN = new AtomicLong();
  private static final AtomicLong HOOK_ERRORS = new AtomicLong();
  private static final AtomicReference<Throwable> FIRST_ERROR = new AtomicReference<>();
  private static final AtomicReference<String> OWNER = new AtomicReference<>();

  private static StackOverflowError overflow;
  private static volatile boolean watching;
  private static volatile boolean on;
  private static volatile boolean adopting;
  private static volatile boolean nettySeen;
  private static volatile int maxConnections = Integer.MAX_VALUE;
  private static volatile long clock = System.nanoTime();

  private CloseWaitControl() {}

  // ---- called by the agent ----

  /** Starts recording with an empty table. */
  public static void switchOn(int connections, boolean adoptUnknown) {
    clear();
    CLOSED.set(OPENED.get());
    // Initialises the classes here, not in the first hook.
    CloseWaitFields.missing();
    CloseWaitWatch.stop();
    maxConnections = connections;
    adopting = adoptUnknown;
    watching = true;
    on = true;
  }

  /** Stops recording; what was recorded is freed. */
  public static void switchOff() {
    on = false;
    CloseWaitWatch.stop();
    watching = false;
    clear();
    CloseWaitCollected.take();
  }

  /** The Netty channels have a table only when there has been one. */
  private static void clear() {
    TABLE.clear();
    CloseWaitClients.forget();
    if (nettySeen) {
      CloseWaitNettyTable.clear();
    }
  }

  /**
   * Pauses or resumes recording, to measure what it costs; connections that close meanwhile are
   * still forgotten.
   */
  public static void pause(boolean paused) {
    on = watching && !paused;
  }

  public static boolean isOn() {
    return on;
  }

  /** Claims this half for one agent; returns the one that holds it already, or null. */
  public static String claim(String claimant) {
    if (!OWNER.compareAndSet(null, claimant)) {
      return OWNER.get();
    }
    CloseWaitWatcher.announce(claimant);
    return null;
  }

  /** Gives this half free for another agent. */
  public static void release() {
    CloseWaitWatcher.withdraw();
    OWNER.set(null);
  }

  /** Moves the coarse clock and refills the budget of stacks. */
  public static void tick(long now, int stacksPerPurpose) {
    clock = now;
    BUDGET.refill(stacksPerPurpose);
    CloseWaitClients.tick(stacksPerPurpose);
  }

  public static CloseWaitTable table() {
    return TABLE;
  }

  /** Connections opened since the JVM started to record; listening sockets are not counted. */
  public static long opened() {
    return OPENED.get();
  }

  public static long closed() {
    return CLOSED.get();
  }

  /** The id of the newest record; those opened later have higher ones. */
  public static long lastId() {
    return IDS.get();
  }

  /** True when there has been any Netty channel: the classes that ask it are not loaded before. */
  public static boolean hasSeenNetty() {
    return nettySeen;
  }

  /** True when there has been any socket, listening ones included. */
  public static boolean hasSeenSockets() {
    return IDS.get() > 0;
  }

  /** Connections that were not recorded because the table was full. */
  public static long notTracked() {
    return NOT_TRACKED.get();
  }

  /** Descriptors that were handed out again before their close was seen. */
  public static long closesNotSeen() {
    return CLOSE_NOT_SEEN.get();
  }

  /** True when a connection has gone without the stack of its opening or of its end. */
  public static boolean hasRefusedStacks() {
    return BUDGET.hasRefused();
  }

  /** Of all stack overflows between two calls, one is counted. */
  public static long hookErrors() {
    StackOverflowError seen = overflow;
    if (seen != null) {
      overflow = null;
      HOOK_ERRORS.incrementAndGet();
      FIRST_ERROR.compareAndSet(null, seen);
    }
    return HOOK_ERRORS.get();
  }

  /** The first error that a hook swallowed since the last call; null when there was none. */
  public static Throwable takeFirstError() {
    return FIRST_ERROR.getAndSet(null);
  }

  /** What this JDK lacks of the private state that the hooks read; null when it has all of it. */
  public static String missingField() {
    return CloseWaitFields.missing();
  }

  // ---- called by the hooks ----

  static boolean off() {
    return !on;
  }

  /** True while there may be records, also in a pause. */
  static boolean isWatching() {
    return watching;
  }

  static boolean adopting() {
    return adopting;
  }

  static long clock() {
    return clock;
  }

  /** A new id, or -1 when nothing can be recorded for the descriptor. */
  static long nextId(int descriptor) {
    if (!CloseWaitTable.covers(descriptor)) {
      return -1;
    }
    if (OPENED.get() - CLOSED.get() >= maxConnections) {
      NOT_TRACKED.incrementAndGet();
      return -1;
    }
    return IDS.incrementAndGet();
  }

  /** A new id, or -1 when so many channels are recorded already. */
  static long nextNettyId(int channels) {
    if (channels >= maxConnections) {
      NOT_TRACKED.incrementAndGet();
      return -1;
    }
    if (!nettySeen) {
      nettySeen = true;
    }
    return IDS.incrementAndGet();
  }

  static void countOpened() {
    OPENED.incrementAndGet();
  }

  static void countClosed() {
    CLOSED.incrementAndGet();
  }

  static void add(CloseWaitRecord entry) {
    CloseWaitRecord previous = TABLE.put(entry);
    if (isConnection(entry)) {
      countOpened();
    }
    if (previous != null) {
      CLOSE_NOT_SEEN.incrementAndGet();
      countClosed(previous);
    }
  }

  /** The record that its descriptor has from now on: another thread may have been first. */
  static CloseWaitRecord adopt(CloseWaitRecord entry) {
    CloseWaitRecord first = TABLE.putIfAbsent(entry);
    if (first != null) {
      return first;
    }
    countOpened();
    return entry;
  }

  static void closing(int descriptor) {
    if (descriptor < 0) {
      CloseWaitCanary.reached();
      return;
    }
    CloseWaitRecord entry = TABLE.remove(descriptor);
    if (entry == null) {
      return;
    }
    countClosed(entry);
    if (entry.refersTo(null) && entry.closeRequest() == null) {
      CloseWaitCollected.add(entry);
    }
  }

  private static void countClosed(CloseWaitRecord entry) {
    if (isConnection(entry)) {
      countClosed();
    }
  }

  private static boolean isConnection(CloseWaitRecord entry) {
    return entry.kind() != CloseWaitRecord.LISTENING;
  }

  /** At the end of the stack there may be no room to call anything. */
  static void hookFailed(Throwable t) {
    if (t instanceof StackOverflowError) {
      overflow = (StackOverflowError) t;
      return;
    }
    HOOK_ERRORS.incrementAndGet();
    FIRST_ERROR.compareAndSet(null, t);
  }
}
