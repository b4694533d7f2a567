package dev.closewait.connection;

import java.lang.ref.WeakReference;
import java.net.CloseWaitControl;
import java.net.CloseWaitEvent;
import java.net.CloseWaitNettyRecord;
import java.net.CloseWaitRecord;
import java.net.CloseWaitSockets;
import java.net.CloseWaitThread;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies one record into a snapshot, and asks its handle and its descriptor for what no hook
 * records.
 */
final class SnapshotFactory {
  private static final String SHARED_STACK =
      "the stack is of another accept of the same listening socket and thread";

  private final RecordKeeper keeper;
  private final ClientParts clients;
  private final IdentityHashMap<CloseWaitRecord, ListenerSnapshot> listenersInThisPass =
      new IdentityHashMap<>();
  private @Nullable NettyConnections netty;

  SnapshotFactory(RecordKeeper keeper, ClientParts clients) {
    this.keeper = keeper;
    this.clients = clients;
  }

  /** From now on there are Netty channels. */
  void use(NettyConnections channels) {
    netty = channels;
  }

  /** A collected connection is kept for the life of the process, and so must not hold a thread. */
  ConnectionSnapshot connection(CloseWaitRecord entry) {
    Object handle = entry.get();
    CloseWaitRecord listener = entry.listener();
    return new ConnectionSnapshot(
        entry.id(),
        entry.descriptor(),
        direction(entry),
        transport(entry),
        local(entry),
        remote(entry),
        opened(entry),
        listener == null ? null : listenerOf(listener, handle != null),
        LastUses.ofConnection(entry),
        entry.isLastUseStackOlder(),
        handle == null ? null : thread(entry.lastThread()),
        end(entry),
        entry.reads(),
        entry.isReadTried(),
        LastUses.triedRead(entry),
        entry.writes(),
        entry.lastWriteNanos(),
        keeper.event(entry.eof()),
        keeper.event(entry.error()),
        keeper.event(entry.closeRequest()),
        keeper.event(entry.shutdown()),
        entry.isInputShutdown(),
        entry.isOutputShutdown(),
        entry.isWrittenSinceEof(),
        handle == null,
        entry.isConnectPending(),
        registration(handle),
        clients.of(handle),
        channel(entry),
        MethodExits.of(entry));
  }

  /** Forgets the listening sockets of this pass. */
  void endPass() {
    listenersInThisPass.clear();
  }

  /** Thousands of stuck connections come from one listening socket. */
  private ListenerSnapshot listenerOf(CloseWaitRecord listener, boolean withThread) {
    if (!withThread) {
      return listener(listener, false);
    }
    ListenerSnapshot known = listenersInThisPass.get(listener);
    if (known == null) {
      known = listener(listener, true);
      listenersInThisPass.put(listener, known);
    }
    return known;
  }

  ListenerSnapshot listener(CloseWaitRecord entry) {
    return listener(entry, true);
  }

  private ListenerSnapshot listener(CloseWaitRecord entry, boolean withThread) {
    Object handle = entry.get();
    return new ListenerSnapshot(
        entry.id(),
        entry.descriptor(),
        transport(entry),
        local(entry),
        opened(entry),
        Integer.toUnsignedLong(entry.writes()),
        LastUses.ofListener(entry),
        withThread ? thread(entry.lastThread()) : null,
        withThread ? end(entry) : null,
        keeper.event(entry.error()),
        registration(handle),
        channel(entry),
        handle == null);
  }

  private @Nullable NettyChannel channel(CloseWaitRecord entry) {
    return netty == null ? null : netty.channelOf(entry, opened(entry));
  }

  private static Direction direction(CloseWaitRecord entry) {
    return switch (entry.kind()) {
      case CloseWaitRecord.ACCEPTED -> Direction.ACCEPTED;
      case CloseWaitRecord.CONNECTED -> Direction.CONNECTED;
      default -> Direction.UNKNOWN;
    };
  }

  private static Transport transport(CloseWaitRecord entry) {
    CloseWaitNettyRecord channel = entry.channel();
    if (channel == null && entry.listener() != null) {
      // Its own was collected before it was linked.
      channel = entry.listener().channel();
    }
    if (channel != null) {
      return NativeConnections.transport(channel);
    }
    return switch (entry.transport()) {
      case CloseWaitRecord.SOCKET -> Transport.SOCKET;
      case CloseWaitRecord.SOCKET_CHANNEL -> Transport.SOCKET_CHANNEL;
      case CloseWaitRecord.ASYNC_CHANNEL -> Transport.ASYNC_CHANNEL;
      default -> Transport.UNKNOWN;
    };
  }

  /**
   * A {@code Socket} does not keep its local address: the kernel has it while the descriptor is
   * open.
   */
  private static Endpoint local(CloseWaitRecord entry) {
    Endpoint known = endpoint(entry.local(), entry.localPort());
    return known.isKnown()
        ? known
        : asked(entry, CloseWaitSockets.localAddress(entry.descriptor()), known);
  }

  private static Endpoint remote(CloseWaitRecord entry) {
    Endpoint known = endpoint(entry.remote(), entry.remotePort());
    return known.isKnown() || entry.kind() == CloseWaitRecord.LISTENING
        ? known
        : asked(entry, CloseWaitSockets.remoteAddress(entry.descriptor()), known);
  }

  /** The answer is another connection's when the record has gone from the table meanwhile. */
  @SuppressWarnings("ReferenceEquality")
  private static Endpoint asked(
      CloseWaitRecord entry, @Nullable InetSocketAddress answer, Endpoint known) {
    boolean isStillOpen = CloseWaitControl.table().get(entry.descriptor()) == entry;
    return answer == null || !isStillOpen
        ? known
        : new Endpoint(answer.getAddress(), answer.getPort());
  }

  private static Endpoint endpoint(@Nullable Object address, int port) {
    if (address instanceof InetSocketAddress socketAddress) {
      return new Endpoint(socketAddress.getAddress(), socketAddress.getPort());
    }
    return new Endpoint(address instanceof InetAddress inetAddress ? inetAddress : null, port);
  }

  private static SocketEvent opened(CloseWaitRecord entry) {
    boolean seen = entry.kind() != CloseWaitRecord.ADOPTED;
    return new SocketEvent(
        entry.openedNanos(),
        seen ? named(entry.openThreadName()) : null,
        frames(entry.openStack()),
        1,
        entry.openStackIsShared() ? SHARED_STACK : null);
  }

  static SocketEvent happened(CloseWaitEvent event) {
    return new SocketEvent(
        event.atNanos(),
        event.threadName() == null ? null : named(event.threadName()),
        frames(event.stack()),
        event.count(),
        event.error() instanceof String text ? text : null);
  }

  static @Nullable List<StackTraceElement> frames(@Nullable Object stack) {
    return stack instanceof StackTraceElement[] frames ? Arrays.asList(frames) : null;
  }

  /** Only virtual threads have no name of their own. */
  static String named(String threadName) {
    return threadName.isEmpty() ? "a virtual thread" : threadName;
  }

  /** Weak, since a sink or a finding may keep the snapshot for the life of the process. */
  static @Nullable WeakReference<Thread> thread(@Nullable CloseWaitThread holder) {
    Thread thread = holder == null ? null : holder.get();
    return thread != null && thread.isAlive() ? holder : null;
  }

  /** How the last user has ended; null while it is alive. */
  @Nullable ThreadEnd end(CloseWaitRecord entry) {
    CloseWaitThread holder = entry.lastThread();
    if (holder == null || thread(holder) != null) {
      return null;
    }
    SocketEvent by = keeper.event(entry.lastThreadEnd());
    return new ThreadEnd(
        named(holder.name()),
        holder.isVirtual(),
        by == null ? null : by.detail(),
        by == null ? List.of() : by.frames());
  }

  private static @Nullable Registration registration(@Nullable Object handle) {
    if (handle == null || !CloseWaitSockets.isSelectable(handle)) {
      return null;
    }
    boolean registered = false;
    int interest = 0;
    SelectionKey[] keys = CloseWaitSockets.keys(handle);
    for (SelectionKey key : keys) {
      if (key != null && key.isValid() && key.selector().isOpen()) {
        registered = true;
        interest |= interestOf(key);
      }
    }
    // A channel keeps the room for keys that it once had (AbstractSelectableChannel.removeKey,
    // OpenJDK 17 and 25).
    return new Registration(
        registered, interest, CloseWaitSockets.isBlocking(handle), keys.length > 0);
  }

  private static int interestOf(SelectionKey key) {
    try {
      return key.interestOps();
    } catch (CancelledKeyException e) {
      return 0;
    }
  }
}
