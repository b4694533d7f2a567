package java.net;

/**
 * How many stacks may be taken until the next tick, shared out by open site so that a busy one does
 * not starve the others.
 *
 * <p>Open sites are told apart by port, which is known before any stack is taken. Counters are
 * plain: two threads that race take one stack more than allowed, which costs less than an atomic
 * operation would for all the others. Once a site has used up its share, nothing is written any
 * more, so that busy threads do not share a cache line.
 */
final class CloseWaitBudget {
  static final int OPEN = 0;
  static final int USE = 1;
  static final int USE_AGAIN = 2;
  static final int END = 3;

  private static final int PURPOSES = 4;
  private static final int SITES = 64;
  private static final int LEAST_SHARE = 4;

  private final int[] left = new int[PURPOSES * SITES];
  private final int[] share = new int[PURPOSES];
  private final int[] total = new int[PURPOSES];
  private boolean refused;

  /** Called by one thread only. */
  void refill(int stacksPerPurpose) {
    for (int purpose = 0; purpose < PURPOSES; purpose++) {
      int active = 0;
      int end = (purpose + 1) * SITES;
      for (int i = purpose * SITES; i < end; i++) {
        if (left[i] < share[purpose]) {
          active++;
        }
      }
      int next = Math.max(LEAST_SHARE, stacksPerPurpose / Math.max(1, active));
      for (int i = purpose * SITES; i < end; i++) {
        left[i] = next;
      }
      share[purpose] = next;
      total[purpose] = stacksPerPurpose;
    }
  }

  boolean take(int purpose, int port) {
    int index = purpose * SITES + ((port ^ (port >>> 6)) & (SITES - 1));
    int available = left[index];
    if (available > 0) {
      // Also without a stack: who is not seen to be busy gets no share in the next refill.
      left[index] = available - 1;
      if (total[purpose] > 0) {
        total[purpose] = total[purpose] - 1;
        return true;
      }
    }
    if (!refused && (purpose == OPEN || purpose == END)) {
      refused = true;
    }
    return false;
  }

  /** True when a connection has gone without the stack of its opening or of its end. */
  boolean hasRefused() {
    return refused;
  }
}
