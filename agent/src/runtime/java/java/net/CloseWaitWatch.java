package java.net;

import java.util.Arrays;

/**
 * What the methods under a closer look call: notes on the connections that their thread used in
 * them how each was left while the connection was open.
 *
 * <p>Only methods that the agent watches for a while hold these calls. While none is watched, all
 * that the other hooks do for it is to read one field.
 */
public final class CloseWaitWatch {
  private static final int THREADS = 4096;
  private static final int STRIPES = 64;

  /** Counters of two threads do not share a cache line. */
  private static final int STRIPE = 8;

  private static final int PORTS = 1 << 16;

  private static final long[] CALLS = new long[STRIPES * STRIPE];

  /** Null while nothing is watched. */
  static CloseWaitWatch current;

  private static volatile StackTraceElement[] methods = {};

  private final long[] ports;
  private final CloseWaitActivity[] activities;

  private CloseWaitWatch(long[] ports, CloseWaitActivity[] activities) {
    this.ports = ports;
    this.activities = activities;
  }

  // ---- called by the agent ----

  /**
   * Watches connections of these sites from now on, and no others.
   *
   * @param sites listening ports, and ports connected to
   */
  public static void start(int[] sites) {
    long[] ports = new long[PORTS >> 6];
    for (int port : sites) {
      ports[(port & (PORTS - 1)) >> 6] |= 1L << port;
    }
    CloseWaitWatch before = current;
    current =
        new CloseWaitWatch(
            ports, before == null ? new CloseWaitActivity[THREADS] : before.activities);
  }

  /** Watches nothing; what was noted stays with the connections. */
  public static void stop() {
    current = null;
  }

  /** The number by which a woven method calls itself. Only the scanner calls it. */
  public static int number(StackTraceElement method) {
    StackTraceElement[] known = methods;
    for (int i = 0; i < known.length; i++) {
      if (known[i].equals(method)) {
        return i;
      }
    }
    StackTraceElement[] more = Arrays.copyOf(known, known.length + 1);
    more[known.length] = method;
    methods = more;
    return known.length;
  }

  /** The method of a number, its line not known. */
  public static StackTraceElement method(int number) {
    return methods[number];
  }

  /** About how many calls there have been of methods while they were watched. */
  public static long calls() {
    long calls = 0;
    for (int i = 0; i < CALLS.length; i += STRIPE) {
      calls += CALLS[i];
    }
    return calls;
  }

  // ---- called by watched methods ----

  public static void entered() {
    try {
      Thread thread = Thread.currentThread();
      int hash = System.identityHashCode(thread);
      int stripe = (hash & (STRIPES - 1)) * STRIPE;
      CALLS[stripe] = CALLS[stripe] + 1;
      CloseWaitWatch watch = current;
      if (watch != null) {
        watch.activityOf(thread, hash).entered();
      }
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  /**
   * @param line -1 when the method does not know its lines
   */
  public static void returned(int method, int line) {
    exited(method, line, null);
  }

  public static void left(Throwable thrown, int method) {
    exited(method, CloseWaitMethodExit.LINE_OF_THROWABLE, thrown);
  }

  private static void exited(int method, int line, Throwable thrown) {
    CloseWaitWatch watch = current;
    if (watch == null) {
      return;
    }
    try {
      Thread thread = Thread.currentThread();
      watch.activityOf(thread, System.identityHashCode(thread)).exited(method, line, thrown);
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  // ---- called by the other hooks, which swallow errors ----

  /** A connection that the current thread has opened, read, written, or seen fail. */
  void used(CloseWaitRecord entry) {
    if (entry.kind() != CloseWaitRecord.LISTENING && isWatched(entry)) {
      Thread thread = Thread.currentThread();
      activityOf(thread, System.identityHashCode(thread)).used(entry);
    }
  }

  /** The site of a connection from before the attach is not known. */
  private boolean isWatched(CloseWaitRecord entry) {
    int port = entry.site() & (PORTS - 1);
    return entry.kind() == CloseWaitRecord.ADOPTED || (ports[port >> 6] >>> port & 1) != 0;
  }

  /**
   * Two threads that meet in a slot lose what was known of them, which costs notes and makes none
   * false: each has two slots to make that rare.
   */
  private CloseWaitActivity activityOf(Thread thread, int hash) {
    int slot = hash & (THREADS - 1);
    CloseWaitActivity first = activities[slot];
    if (first != null && first.isOf(thread)) {
      return first;
    }
    CloseWaitActivity second = activities[slot ^ 1];
    if (second != null && second.isOf(thread)) {
      return second;
    }
    CloseWaitActivity fresh = new CloseWaitActivity(thread);
    if (first == null || first.isOf(null)) {
      activities[slot] = fresh;
    } else {
      activities[slot ^ 1] = fresh;
    }
    return fresh;
  }
}
