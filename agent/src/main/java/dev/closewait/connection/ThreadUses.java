package dev.closewait.connection;

import java.net.CloseWaitRecord;
import java.net.CloseWaitTable;
import java.net.CloseWaitThread;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Which connections each thread used last, at one moment; not kept, since it holds the threads.
 *
 * <p>Of a thread that has used thousands only the latest are remembered.
 */
public final class ThreadUses {
  /** Of each thread; as many uses since some moment may be more. */
  public static final int REMEMBERED = 8;

  private final IdentityHashMap<Thread, List<Use>> latestByThread = new IdentityHashMap<>();

  /**
   * The last use of a connection.
   *
   * @param accepted true for a connection that this process has accepted
   * @param frames innermost first; empty when no stack of this very use was taken
   */
  public record Use(long id, long atNanos, boolean accepted, List<StackTraceElement> frames) {}

  static ThreadUses of(CloseWaitTable table) {
    ThreadUses uses = new ThreadUses();
    int limit = table.limit();
    for (int descriptor = 0; descriptor < limit; descriptor++) {
      CloseWaitRecord entry = table.get(descriptor);
      CloseWaitThread holder = entry == null ? null : entry.lastThread();
      Thread thread = holder == null ? null : holder.get();
      if (entry != null && thread != null) {
        uses.add(thread, LastUses.use(entry));
      }
    }
    return uses;
  }

  void add(Thread thread, Use use) {
    List<Use> latest = latestByThread.computeIfAbsent(thread, t -> new ArrayList<>());
    int place = latest.size();
    while (place > 0 && use.atNanos() - latest.get(place - 1).atNanos() > 0) {
      place--;
    }
    latest.add(place, use);
    if (latest.size() > REMEMBERED) {
      latest.remove(REMEMBERED);
    }
  }

  /**
   * The uses of other connections by the thread since it used this one, the latest first: at most
   * {@link #REMEMBERED}.
   */
  public List<Use> usesSince(Thread thread, ConnectionSnapshot from) {
    SocketEvent use = from.lastUse();
    List<Use> since = new ArrayList<>();
    for (Use later : latestByThread.getOrDefault(thread, List.of())) {
      if (later.id() != from.id() && (use == null || later.atNanos() - use.atNanos() > 0)) {
        since.add(later);
      }
    }
    return since;
  }
}
