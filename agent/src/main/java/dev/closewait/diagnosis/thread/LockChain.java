package dev.closewait.diagnosis.thread;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A thread, the one that holds what it waits for, and so on.
 *
 * @param threads the first is the one that was asked
 * @param cycleStart index of the first thread of a deadlock: each waits for the next, and the last
 *     for this one; -1 when there is none
 */
public record LockChain(List<ThreadAccount> threads, int cycleStart) {
  private static final int NO_CYCLE = -1;

  /** Nobody was asked. */
  public static final LockChain NONE = open(List.of());

  static LockChain open(List<ThreadAccount> threads) {
    return new LockChain(threads, NO_CYCLE);
  }

  /** True when the thread waits for ever: it is in a deadlock, or waits for one that is. */
  public boolean isDeadlocked() {
    return cycleStart >= 0;
  }

  /** The threads that wait for each other; empty when none do. */
  public List<ThreadAccount> cycle() {
    return isDeadlocked() ? threads.subList(cycleStart, threads.size()) : List.of();
  }

  /** What the first thread waits for; null when that is no lock, or not told. */
  public ThreadAccount.@Nullable Awaited awaited() {
    return threads.isEmpty() ? null : threads.get(0).awaits();
  }

  /** The thread that holds what the first waits for; null when it is not known. */
  public @Nullable ThreadAccount holder() {
    boolean isAlone = threads.size() == 1 && isDeadlocked();
    return threads.size() > 1 ? threads.get(1) : isAlone ? threads.get(0) : null;
  }

  /** The thread that all others wait for; null when nobody was asked. */
  public @Nullable ThreadAccount last() {
    return threads.isEmpty() ? null : threads.get(threads.size() - 1);
  }
}
