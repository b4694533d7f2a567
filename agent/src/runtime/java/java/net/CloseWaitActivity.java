package java.net;

import java.lang.ref.WeakReference;

/**
 * What one thread does in watched methods: in how many of them it is, and which connections it used
 * last.
 *
 * <p>The depth tells a method that the connection was used in, or in something that it called, from
 * one that began later and has nothing to do with it. Written by its thread alone.
 */
final class CloseWaitActivity extends WeakReference<Thread> {
  private int depth;
  private Use recent;
  private Use earlier;

  CloseWaitActivity(Thread thread) {
    super(thread);
  }

  /** Weak, so that what is noted here ends with the connection. */
  private static final class Use extends WeakReference<CloseWaitRecord> {
    int depth;

    Use(CloseWaitRecord entry) {
      super(entry);
    }

    void leave(int depthLeft, int method, int line, Throwable thrown) {
      if (depth >= depthLeft) {
        depth = depthLeft - 1;
        CloseWaitRecord entry = get();
        if (entry != null && CloseWaitControl.TABLE.get(entry.descriptor()) == entry) {
          entry.methodExited(method, line, thrown);
        }
      }
    }
  }

  /** With null, true when the thread has ended. */
  boolean isOf(Thread thread) {
    return refersTo(thread);
  }

  void entered() {
    depth = depth + 1;
  }

  /** A proxy uses two connections in turn: both are remembered. */
  void used(CloseWaitRecord entry) {
    Use use = recent;
    if (use == null || !use.refersTo(entry)) {
      use = earlier != null && earlier.refersTo(entry) ? earlier : new Use(entry);
      earlier = recent;
      recent = use;
    }
    use.depth = depth;
  }

  void exited(int method, int line, Throwable thrown) {
    int left = depth;
    if (left == 0) {
      // It was entered before it was watched.
      return;
    }
    depth = left - 1;
    if (recent != null) {
      recent.leave(left, method, line, thrown);
    }
    if (earlier != null) {
      earlier.leave(left, method, line, thrown);
    }
  }
}
