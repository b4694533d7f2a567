package dev.closewait.connection;

import org.jspecify.annotations.Nullable;

/**
 * What a thread waits for; not kept, since it holds a thread.
 *
 * @param name class and identity hash code, as thread dumps write it
 * @param holder the thread that has it; null when nobody has, or when it is not told
 */
public record AwaitedObject(String name, Kind kind, @Nullable Thread holder) {

  /** Ways to wait. */
  public enum Kind {
    /** Parked by {@code java.util.concurrent}: a lock, a latch, a queue, a future. */
    SYNCHRONIZER,
    /** At the entry of a {@code synchronized} block or method. */
    MONITOR,
    /** In {@code Object.wait()}. */
    NOTIFICATION
  }
}
