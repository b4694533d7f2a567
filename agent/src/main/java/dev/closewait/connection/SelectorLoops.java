package dev.closewait.connection;

import java.net.CloseWaitRecord;
import java.net.CloseWaitSockets;
import java.net.CloseWaitTable;
import java.net.CloseWaitThread;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which thread runs the selector of a channel, at one moment: the only one that has used channels
 * of that selector; not kept, since it holds threads and selectors.
 */
public final class SelectorLoops {
  private final IdentityHashMap<Selector, Users> usersBySelector = new IdentityHashMap<>();
  private final Map<Long, Selector> selectorById = new HashMap<>();

  private static final class Users {
    private @Nullable Thread only;
    private boolean several;

    void add(Thread thread) {
      several |= only != null && only != thread;
      only = thread;
    }
  }

  static SelectorLoops of(CloseWaitTable table) {
    SelectorLoops loops = new SelectorLoops();
    int limit = table.limit();
    for (int descriptor = 0; descriptor < limit; descriptor++) {
      CloseWaitRecord entry = table.get(descriptor);
      Object handle = entry == null ? null : entry.get();
      if (entry != null && handle != null && CloseWaitSockets.isSelectable(handle)) {
        CloseWaitThread holder = entry.lastThread();
        Thread thread = holder == null ? null : holder.get();
        for (SelectionKey key : CloseWaitSockets.keys(handle)) {
          if (key != null && key.isValid()) {
            loops.add(key.selector(), entry.id(), thread);
          }
        }
      }
    }
    return loops;
  }

  /**
   * @param thread that has used the channel last; null when there is none
   */
  void add(Selector selector, long id, @Nullable Thread thread) {
    selectorById.put(id, selector);
    if (thread != null) {
      usersBySelector.computeIfAbsent(selector, s -> new Users()).add(thread);
    }
  }

  /** Null when no thread has used a channel of its selector, or several have. */
  public @Nullable Thread loopOf(ConnectionSnapshot connection) {
    Selector selector = selectorById.get(connection.id());
    Users users = selector == null ? null : usersBySelector.get(selector);
    return users == null || users.several ? null : users.only;
  }
}
