package dev.closewait.connection;

import java.util.IdentityHashMap;

/** Which connection each thread used last, at one moment; not kept, since it holds the threads. */
public final class ThreadUses {
  private final IdentityHashMap<Thread, Use> lastUses = new IdentityHashMap<>();

  private record Use(long id, long atNanos) {}

  void add(Thread thread, long id, long atNanos) {
    Use known = lastUses.get(thread);
    if (known == null || atNanos - known.atNanos() > 0) {
      lastUses.put(thread, new Use(id, atNanos));
    }
  }

  /** True when the thread has used another connection than this one, later than this one. */
  public boolean hasMovedOn(Thread thread, ConnectionSnapshot from) {
    Use last = lastUses.get(thread);
    SocketEvent use = from.lastUse();
    return last != null
        && last.id() != from.id()
        && (use == null || last.atNanos() - use.atNanos() > 0);
  }
}
