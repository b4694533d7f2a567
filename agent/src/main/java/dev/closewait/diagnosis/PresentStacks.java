package dev.closewait.diagnosis;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.ListenerSnapshot;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the threads that used the connections of a leak group, or accepted them, stand now.
 *
 * @param classes of all their frames
 * @param isLeft true when at least one of them does not stand in the culprit's method any more
 */
record PresentStacks(Set<String> classes, boolean isLeft) {
  /** A stack costs 25-80 us (facts on the JDK, section 7). */
  private static final int MAX_THREADS = 16;

  static PresentStacks of(LeakGroup leak) {
    Look look = new Look(leak.culprit());
    for (LeakedConnection example : leak.examples()) {
      ConnectionSnapshot connection = example.record();
      if (connection != null) {
        look.at(connection);
      }
    }
    return new PresentStacks(look.classes, look.isLeft);
  }

  private static final class Look {
    final Set<String> classes = new HashSet<>();
    boolean isLeft;
    private final @Nullable StackTraceElement culprit;
    private final Set<Thread> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    Look(@Nullable StackTraceElement culprit) {
      this.culprit = culprit;
    }

    /** As long as nobody has used it, it is with the thread that accepted it. */
    void at(ConnectionSnapshot connection) {
      ListenerSnapshot listener = connection.listener();
      boolean acceptorStands = standsInCulprit(listener == null ? null : listener.acceptor());
      boolean isUsed = connection.lastUse() != null || connection.eof() != null;
      isLeft |= !(isUsed ? standsInCulprit(connection.lastUser()) : acceptorStands);
    }

    private boolean standsInCulprit(@Nullable WeakReference<Thread> holder) {
      Thread thread = holder == null ? null : holder.get();
      boolean stands = false;
      if (thread != null && (seen.contains(thread) || seen.size() < MAX_THREADS)) {
        seen.add(thread);
        for (StackTraceElement frame : stackOf(thread)) {
          classes.add(frame.getClassName());
          stands |= isCulprit(frame);
        }
      }
      return stands;
    }

    private boolean isCulprit(StackTraceElement frame) {
      return culprit != null
          && culprit.getClassName().equals(frame.getClassName())
          && culprit.getMethodName().equals(frame.getMethodName());
    }

    private static List<StackTraceElement> stackOf(Thread thread) {
      try {
        return List.of(thread.getStackTrace());
      } catch (Throwable t) {
        // The application's own subclass of Thread answers: it may do anything.
        return List.of();
      }
    }
  }
}
