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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which thread runs the selector of a channel, at one moment, or ran it: the only one that has used
 * channels of that selector; not kept, since it holds threads and selectors.
 */
public final class SelectorLoops {
  private final IdentityHashMap<Selector, Users> usersBySelector = new IdentityHashMap<>();
  private final Map<Long, Selector> selectorById = new HashMap<>();
  private final Function<CloseWaitRecord, @Nullable ThreadEnd> ends;

  private static final class Users {
    private @Nullable Thread only;
    private boolean several;
    private boolean severalEnded;
    private @Nullable CloseWaitThread ended;
    private @Nullable CloseWaitRecord usedByEnded;

    void add(CloseWaitRecord entry, CloseWaitThread user) {
      Thread thread = user.get();
      if (thread != null && thread.isAlive()) {
        several |= only != null && only != thread;
        only = thread;
      } else {
        severalEnded |= ended != null && !LastUses.isSame(ended, user);
        ended = user;
        usedByEnded = entry;
      }
    }

    @Nullable Thread onlyOne() {
      return several ? null : only;
    }

    @Nullable CloseWaitRecord usedByOnlyOneThatEnded() {
      return severalEnded || only != null ? null : usedByEnded;
    }
  }

  private SelectorLoops(Function<CloseWaitRecord, @Nullable ThreadEnd> ends) {
    this.ends = ends;
  }

  /**
   * @param ends how the last user of a record has ended; null while it is alive
   */
  static SelectorLoops of(
      CloseWaitTable table, Function<CloseWaitRecord, @Nullable ThreadEnd> ends) {
    SelectorLoops loops = new SelectorLoops(ends);
    int limit = table.limit();
    for (int descriptor = 0; descriptor < limit; descriptor++) {
      CloseWaitRecord entry = table.get(descriptor);
      Object handle = entry == null ? null : entry.get();
      if (entry != null && handle != null && CloseWaitSockets.isSelectable(handle)) {
        for (SelectionKey key : CloseWaitSockets.keys(handle)) {
          if (key != null && key.isValid()) {
            loops.add(key.selector(), entry);
          }
        }
      }
    }
    return loops;
  }

  private void add(Selector selector, CloseWaitRecord entry) {
    selectorById.put(entry.id(), selector);
    CloseWaitThread user = entry.lastThread();
    if (user != null) {
      usersBySelector.computeIfAbsent(selector, s -> new Users()).add(entry, user);
    }
  }

  /**
   * Of the threads that are alive; null when none has used a channel of its selector, or several
   * have.
   */
  public @Nullable Thread loopOf(ConnectionSnapshot connection) {
    Users users = usersOf(connection);
    return users == null ? null : users.onlyOne();
  }

  /** How the only thread has ended that used channels of its selector; null when it has not. */
  public @Nullable ThreadEnd endOfLoopOf(ConnectionSnapshot connection) {
    Users users = usersOf(connection);
    CloseWaitRecord used = users == null ? null : users.usedByOnlyOneThatEnded();
    return used == null ? null : ends.apply(used);
  }

  private @Nullable Users usersOf(ConnectionSnapshot connection) {
    Selector selector = selectorById.get(connection.id());
    return selector == null ? null : usersBySelector.get(selector);
  }
}
