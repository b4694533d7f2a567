package dev.closewait.connection;

import java.net.CloseWaitCollected;
import java.net.CloseWaitControl;
import java.net.CloseWaitEvent;
import java.net.CloseWaitLocks;
import java.net.CloseWaitRecord;
import java.net.CloseWaitSockets;
import java.net.CloseWaitTable;
import java.net.CloseWaitThrown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The agent's view of the records: goes over all of them once per scan and copies those that
 * matter.
 *
 * <p>Confined to the scanner thread. Costs one question to the kernel per connection, and memory
 * only for stuck ones.
 */
public final class ConnectionRegistry {
  /** include/net/tcp_states.h. */
  private static final int CLOSE = 7;

  private static final int ESTABLISHED = 1;
  private static final int CLOSE_WAIT = 8;
  private static final int STATES = 16;

  /** What an unread FIN counts for in a receive queue (facts on the kernel, section 5.2). */
  private static final int FIN = 1;

  private final CloseWaitTable table;
  private final long graceNanos;
  private final RecordKeeper keeper;
  private final ClientParts clients;
  private final SnapshotFactory snapshots;
  private final UnreadWatch unread;
  private @Nullable NettyConnections netty;

  /**
   * @param graceNanos age below which a connection is neither asked about nor has its stacks
   *     resolved
   */
  public ConnectionRegistry(long graceNanos) {
    CloseWaitSockets.prepare();
    CloseWaitThrown.prepare();
    CloseWaitLocks.prepare();
    this.table = CloseWaitControl.table();
    this.graceNanos = graceNanos;
    this.keeper = new RecordKeeper(graceNanos);
    this.clients = new ClientParts(keeper);
    this.unread = new UnreadWatch(graceNanos);
    this.snapshots = new SnapshotFactory(keeper, clients);
  }

  /**
   * Goes over all records.
   *
   * @param now on the clock of {@link System#nanoTime()}
   * @param tcpState the kernel's state number of a descriptor, negative when it cannot be told
   */
  public RegistrySnapshot snapshot(long now, IntUnaryOperator tcpState) {
    Pass pass = new Pass(now, tcpState);
    NettyConnections channels = netty();
    try {
      clients.refine(now);
      if (channels != null) {
        channels.startPass(now);
      }
      int limit = table.limit();
      for (int descriptor = 0; descriptor < limit; descriptor++) {
        CloseWaitRecord entry = table.get(descriptor);
        if (entry != null) {
          pass.visit(entry);
        }
      }
      if (channels != null) {
        pass.add(channels.visitNatives(now, tcpState));
      }
      for (CloseWaitRecord entry : CloseWaitCollected.take()) {
        pass.visitCollected(entry);
      }
    } finally {
      keeper.endPass();
      snapshots.endPass();
      if (channels != null) {
        channels.endPass();
      }
    }
    return pass.toSnapshot();
  }

  private @Nullable NettyConnections netty() {
    if (netty == null && CloseWaitControl.hasSeenNetty()) {
      netty = new NettyConnections(graceNanos, keeper);
      snapshots.use(netty);
    }
    return netty;
  }

  /** Resolves all stacks: those that are not lose the lines of a class that is retransformed. */
  public void resolveStacks() {
    try {
      clients.refine(RecordKeeper.NOW_OR_LATER);
      int limit = table.limit();
      for (int descriptor = 0; descriptor < limit; descriptor++) {
        CloseWaitRecord entry = table.get(descriptor);
        if (entry != null) {
          keeper.resolveAll(entry);
        }
      }
    } finally {
      keeper.endPass();
    }
  }

  /** What the hooks have counted; takes their first error. */
  public HookCounters counters() {
    return HookCounters.take();
  }

  /** The descriptor numbers that have a record. */
  public List<Integer> descriptors() {
    List<Integer> descriptors = new ArrayList<>();
    int limit = table.limit();
    for (int descriptor = 0; descriptor < limit; descriptor++) {
      if (table.get(descriptor) != null) {
        descriptors.add(descriptor);
      }
    }
    if (netty != null) {
      descriptors.addAll(netty.descriptors());
    }
    return descriptors;
  }

  /**
   * True when it was not closed since it was copied; of a native transport that is not known, and
   * true.
   */
  public boolean isOpen(ConnectionSnapshot connection) {
    if (connection.transport().isNative()) {
      return true;
    }
    CloseWaitRecord entry = table.get(connection.descriptor());
    return entry != null && entry.id() == connection.id();
  }

  /** True when channels were collected before it was known which descriptor they own. */
  public boolean hasLostChannels() {
    return netty != null && netty.hasLost();
  }

  /** True when a descriptor without a record is a collected channel's, which is its record now. */
  public boolean claim(int descriptor, int localPort, int remotePort, long seenNanos) {
    return netty != null && netty.claim(descriptor, localPort, remotePort, seenNanos);
  }

  /** For each live thread the connections that it used last: what tells that it has moved on. */
  public ThreadUses threadUses() {
    return ThreadUses.of(table);
  }

  /** Which thread serves each selector that a channel is registered with. */
  public SelectorLoops selectorLoops() {
    return SelectorLoops.of(table, snapshots::end);
  }

  private final class Pass {
    private final long now;
    private final IntUnaryOperator tcpState;
    private final List<StuckConnection> stuck = new ArrayList<>();
    private final List<ListenerSnapshot> listeners = new ArrayList<>();
    private final Set<Long> waiting = new HashSet<>();
    private final List<ConnectionSnapshot> collected = new ArrayList<>();
    private final Integer[] countsByState = new Integer[STATES];

    Pass(long now, IntUnaryOperator tcpState) {
      this.now = now;
      this.tcpState = tcpState;
      Arrays.fill(countsByState, 0);
    }

    void visit(CloseWaitRecord entry) {
      keeper.refine(entry, now);
      refineClosedListener(entry.listener());
      if (entry.kind() == CloseWaitRecord.LISTENING) {
        visitListener(entry);
      } else if (now - entry.openedNanos() > graceNanos) {
        visitConnection(entry);
      } else {
        countsByState[0]++;
      }
    }

    /**
     * Its record lives as long as a connection that it accepted, and this pass does not come by it.
     */
    @SuppressWarnings("ReferenceEquality")
    private void refineClosedListener(@Nullable CloseWaitRecord listener) {
      if (listener != null && table.get(listener.descriptor()) != listener) {
        keeper.resolveAll(listener);
      }
    }

    private void visitListener(CloseWaitRecord entry) {
      listeners.add(snapshots.listener(entry));
      if (CloseWaitSockets.hasWaiting(entry.descriptor())) {
        waiting.add(entry.id());
      }
    }

    /**
     * Its close clears the slot before the number can be used again: the same record after the
     * question makes it sure.
     */
    @SuppressWarnings("ReferenceEquality")
    private void visitConnection(CloseWaitRecord entry) {
      int state = tcpState.applyAsInt(entry.descriptor());
      if (table.get(entry.descriptor()) != entry) {
        return;
      }
      countsByState[state > 0 && state < STATES ? state : 0]++;
      if (entry.kind() == CloseWaitRecord.ADOPTED && state < 0) {
        return;
      }
      long unreadSince = state == ESTABLISHED ? unread.sinceNanos(entry, now) : 0;
      long since = entry.stuck(isStuck(entry, state), now);
      boolean collectedBefore = entry.wasCollectedBefore();
      boolean again = entry.readsEofAgain();
      if (since != 0 || unreadSince != 0) {
        keeper.resolveAll(entry);
        boolean unreachable = collectedBefore && entry.transport() != CloseWaitRecord.SOCKET;
        ConnectionSnapshot connection = snapshots.connection(entry);
        stuck.add(
            new StuckConnection(
                connection,
                state,
                since == 0 ? entry.unread().bytes() : unreadOfStuck(entry, state),
                unreachable,
                again,
                since == 0 ? unreadSince : earliest(entry, since)));
      }
    }

    void add(NettyConnections.Natives natives) {
      stuck.addAll(natives.stuck());
      listeners.addAll(natives.listeners());
      waiting.addAll(natives.waiting());
      for (int state : natives.states()) {
        countsByState[state > 0 && state < STATES ? state : 0]++;
      }
    }

    /** Asked of the descriptor, since the kernel's tables are read less often. */
    @SuppressWarnings("ReferenceEquality")
    private int unreadOfStuck(CloseWaitRecord entry, int state) {
      int bytes = state == CLOSE_WAIT ? CloseWaitSockets.unreadBytes(entry.descriptor()) : 0;
      return bytes > 0 && table.get(entry.descriptor()) == entry ? bytes + FIN : -1;
    }

    /** The garbage collector has closed it: the number of its descriptor may be another's now. */
    void visitCollected(CloseWaitRecord entry) {
      if (entry.kind() != CloseWaitRecord.LISTENING && !entry.isConnectPending()) {
        keeper.resolveAll(entry);
        collected.add(snapshots.connection(entry));
      }
    }

    RegistrySnapshot toSnapshot() {
      return new RegistrySnapshot(stuck, listeners, waiting, collected, List.of(countsByState));
    }
  }

  /**
   * A channel that was never connected is in the state CLOSE as well: dead only when a connect has
   * failed.
   */
  private static boolean isStuck(CloseWaitRecord entry, int state) {
    boolean dead = state == CLOSE && (!entry.isConnectPending() || entry.error() != null);
    return state == CLOSE_WAIT
        || dead
        || entry.eof() != null
        || entry.closeRequest() != null
        || entry.refersTo(null);
  }

  private static long earliest(CloseWaitRecord entry, long since) {
    CloseWaitEvent eof = entry.eof();
    return eof == null ? since : Math.min(since, eof.atNanos());
  }
}
