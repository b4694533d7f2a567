package java.net;

/**
 * How many stacks may be taken until the next tick, shared out by open site so that a busy one does
 * not starve the others.
 *
 * <p>Open sites are told apart by port, which is known before any stack is taken. Counters are
 * plain: two threads that race take one stack more than allowed, which costs less than an atomic
 * operation would for all the others.
 */
final class CloseWaitBudget {
  static final int OPEN = 0;
  static final int USE = 1;
  static final int USE_AGAIN = 2;
  static final int END = 3;

  private static final int PURPOSES = 4;
  private static final int SITES = 64;
  private static final int LEAST_QUOTA = 4;

  private final int[] left = new int[PURPOSES * SITES];
  private final int[] quota = new int[PURPOSES];
  private long refused;

  /** Called by one thread only. */
  void refill(int stacksPerPurpose) {
    for (int purpose = 0; purpose < PURPOSES; purpose++) {
      int active = 0;
      int end = (purpose + 1) * SITES;
      for (int i = purpose * SITES; i < end; i++) {
        if (left[i] < quota[purpose]) {
          active++;
        }
      }
      int share = Math.max(LEAST_QUOTA, stacksPerPurpose / Math.max(1, active));
      for (int i = purpose * SITES; i < end; i++) {
        left[i] = share;
      }
      quota[purpose] = share;
    }
  }

  boolean take(int purpose, int port) {
    int index = purpose * SITES + ((port ^ (port >>> 6)) & (SITES - 1));
    int available = left[index];
    if (available <= 0) {
      refused++;
      return false;
    }
    left[index] = available - 1;
    return true;
  }

  long refused() {
    return refused;
  }
}
