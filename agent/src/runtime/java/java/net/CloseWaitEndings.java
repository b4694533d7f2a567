package java.net;

/**
 * Notes on the connections that a thread used last, and on the listening sockets that it accepted
 * from, by which exception it was ended.
 *
 * <p>Goes over the whole table, a millisecond at 50,000 connections: a thread ends once, and
 * threads that die in masses are bounded by the budget of stacks.
 */
final class CloseWaitEndings {
  private static final int NO_SITE = 0;

  private CloseWaitEndings() {}

  static void ending(Thread thread, Throwable thrown) {
    if (!CloseWaitControl.BUDGET.take(CloseWaitBudget.END, NO_SITE) || !isEnding()) {
      return;
    }
    CloseWaitTable table = CloseWaitControl.TABLE;
    CloseWaitEvent end = null;
    int limit = table.limit();
    for (int descriptor = 0; descriptor < limit; descriptor++) {
      CloseWaitRecord entry = table.get(descriptor);
      CloseWaitThread last = entry == null ? null : entry.lastThread();
      if (last != null && last.refersTo(thread)) {
        if (end == null) {
          end = new CloseWaitEvent(thrown, thrown);
        }
        entry.lastThreadEnding(end);
      }
    }
  }

  /**
   * Code that catches an exception may hand it to the default handler and go on. Only what leaves
   * {@code run} is dispatched (OpenJDK 17.0.15 and 25.0.3); then the stack is a few frames deep.
   */
  private static boolean isEnding() {
    for (StackTraceElement frame : new CloseWaitStack().getStackTrace()) {
      if (frame.getMethodName().equals("dispatchUncaughtException")
          && frame.getClassName().equals("java.lang.Thread")) {
        return true;
      }
    }
    return false;
  }
}
