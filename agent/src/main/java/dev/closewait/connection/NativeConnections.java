package dev.closewait.connection;

import dev.closewait.connection.netty.NettyLoop;
import dev.closewait.connection.netty.NettySending;
import dev.closewait.connection.netty.NettyState;
import java.lang.ref.WeakReference;
import java.net.CloseWaitNettyKinds;
import java.net.CloseWaitNettyRecord;
import java.net.InetSocketAddress;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of the connections and listening sockets of Netty's native transports, which no hook in
 * the JDK sees: what is known of their reads and writes is what the channel says.
 *
 * <p>Confined to the scanner thread.
 */
final class NativeConnections {
  private final NettySnapshots netty;
  private final IdentityHashMap<CloseWaitNettyRecord, ListenerSnapshot> listenersInThisPass =
      new IdentityHashMap<>();
  private long nowNanos;

  NativeConnections(NettySnapshots netty) {
    this.netty = netty;
  }

  void startPass(long now) {
    nowNanos = now;
  }

  void endPass() {
    listenersInThisPass.clear();
  }

  /** A collected connection must not hold a thread. */
  ConnectionSnapshot connection(CloseWaitNettyRecord entry) {
    NettyChannel channel = netty.channel(entry);
    CloseWaitNettyRecord parent = entry.parent();
    NettyState state = channel.state();
    return new ConnectionSnapshot(
        entry.id(),
        entry.descriptor(),
        direction(entry),
        transport(entry),
        endpoint(entry.local()),
        endpoint(entry.remote()),
        channel.created(),
        parent == null ? null : listener(parent),
        null,
        false,
        null,
        null,
        0,
        false,
        null,
        0,
        lastSentNanos(state),
        null,
        null,
        null,
        null,
        state != null && Boolean.TRUE.equals(state.inputShutdown()),
        state != null && Boolean.TRUE.equals(state.outputShutdown()),
        false,
        entry.refersTo(null),
        false,
        null,
        List.of(),
        channel,
        List.of());
  }

  private long lastSentNanos(@Nullable NettyState state) {
    NettySending sending = state == null ? null : state.sending();
    return sending == null ? 0 : nowNanos - sending.sinceLastNanos();
  }

  ListenerSnapshot listener(CloseWaitNettyRecord entry) {
    ListenerSnapshot known = listenersInThisPass.get(entry);
    if (known == null) {
      known = newListener(entry);
      listenersInThisPass.put(entry, known);
    }
    return known;
  }

  private ListenerSnapshot newListener(CloseWaitNettyRecord entry) {
    NettyChannel channel = netty.channel(entry);
    NettyLoop loop = channel.state() == null ? null : channel.state().loop();
    WeakReference<Thread> acceptor = loop == null ? null : loop.thread();
    return new ListenerSnapshot(
        entry.id(),
        entry.descriptor(),
        transport(entry),
        endpoint(entry.local()),
        channel.created(),
        Integer.toUnsignedLong(entry.accepted()),
        lastAccept(entry, loop),
        acceptor,
        null,
        channel.tailError(),
        null,
        channel,
        entry.refersTo(null));
  }

  private static @Nullable SocketEvent lastAccept(
      CloseWaitNettyRecord entry, @Nullable NettyLoop loop) {
    String threadName = loop == null ? null : loop.threadName();
    return entry.accepted() == 0
        ? null
        : new SocketEvent(entry.lastAcceptNanos(), threadName, null, 1, null);
  }

  private static Direction direction(CloseWaitNettyRecord entry) {
    if (entry.parent() != null) {
      return Direction.ACCEPTED;
    }
    return entry.isAdopted() ? Direction.UNKNOWN : Direction.CONNECTED;
  }

  static Transport transport(CloseWaitNettyRecord entry) {
    return switch (entry.transport()) {
      case CloseWaitNettyKinds.NIO -> Transport.NETTY_NIO;
      case CloseWaitNettyKinds.EPOLL -> Transport.NETTY_EPOLL;
      case CloseWaitNettyKinds.IO_URING -> Transport.NETTY_IO_URING;
      case CloseWaitNettyKinds.KQUEUE -> Transport.NETTY_KQUEUE;
      default -> Transport.UNKNOWN;
    };
  }

  private static Endpoint endpoint(@Nullable InetSocketAddress address) {
    return address == null
        ? Endpoint.UNKNOWN
        : new Endpoint(address.getAddress(), address.getPort());
  }
}
