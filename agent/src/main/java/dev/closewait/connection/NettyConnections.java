package dev.closewait.connection;

import dev.closewait.connection.netty.NettyInterview;
import java.net.CloseWaitNettyRecord;
import java.net.CloseWaitNettyTable;
import java.net.CloseWaitRecord;
import java.net.CloseWaitSockets;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All that the registry does for Netty; made when the first channel was created, so that a JVM
 * without Netty loads nothing of it.
 *
 * <p>Confined to the scanner thread.
 */
final class NettyConnections {
  /** include/net/tcp_states.h. */
  private static final int CLOSE = 7;

  private static final int CLOSE_WAIT = 8;

  /** What an unread FIN counts for in a receive queue (facts on the kernel, section 5.2). */
  private static final int FIN = 1;

  private final long graceNanos;
  private final RecordKeeper keeper;
  private final NettySnapshots snapshots;
  private final NettyChannels channels;
  private final NativeConnections natives;

  NettyConnections(long graceNanos, RecordKeeper keeper) {
    NettyInterview interview = new NettyInterview();
    this.graceNanos = graceNanos;
    this.keeper = keeper;
    this.snapshots = new NettySnapshots(interview, keeper);
    this.channels = new NettyChannels(interview, keeper);
    this.natives = new NativeConnections(snapshots);
  }

  /**
   * What one pass over the channels of native transports found.
   *
   * @param states of the connections by the kernel's number; 0 for those that could not be asked
   */
  record Natives(
      List<StuckConnection> stuck,
      List<ListenerSnapshot> listeners,
      Set<Long> waiting,
      List<Integer> states) {}

  /** Before the sockets are gone over: links channels to them. */
  void startPass(long now) {
    snapshots.startPass(now);
    channels.startPass(now);
    natives.startPass(now);
  }

  void endPass() {
    natives.endPass();
    snapshots.endPass();
  }

  boolean hasLost() {
    return channels.hasLost();
  }

  /** See {@link NettyChannels#claim}; the endpoints are asked anew: the number may be another's. */
  boolean claim(int descriptor, int localPort, int remotePort, long seenNanos) {
    InetSocketAddress local = CloseWaitSockets.localAddress(descriptor);
    InetSocketAddress remote = CloseWaitSockets.remoteAddress(descriptor);
    return local != null
        && remote != null
        && local.getPort() == localPort
        && remote.getPort() == remotePort
        && channels.claim(descriptor, local, remote, seenNanos);
  }

  List<Integer> descriptors() {
    List<Integer> descriptors = new ArrayList<>();
    channels.natives().forEach(entry -> descriptors.add(entry.descriptor()));
    return descriptors;
  }

  /** The channel above a socket; null when there is none, or it is not known. */
  @Nullable NettyChannel channelOf(CloseWaitRecord entry, SocketEvent opened) {
    CloseWaitNettyRecord channel = entry.channel();
    if (channel != null) {
      keeper.resolveAll(channel);
      return snapshots.channel(channel);
    }
    CloseWaitRecord listener = entry.listener();
    CloseWaitNettyRecord server = listener == null ? null : listener.channel();
    return server == null ? null : snapshots.acceptedBy(server, opened);
  }

  Natives visitNatives(long now, IntUnaryOperator tcpState) {
    Natives found =
        new Natives(new ArrayList<>(), new ArrayList<>(), new HashSet<>(), new ArrayList<>());
    for (CloseWaitNettyRecord entry : channels.natives()) {
      if (entry.isListener()) {
        visitListener(entry, found);
      } else if (now - entry.created().atNanos() > graceNanos) {
        visitConnection(entry, found, now, tcpState);
      } else {
        found.states().add(0);
      }
    }
    return found;
  }

  private void visitListener(CloseWaitNettyRecord entry, Natives found) {
    keeper.resolveAll(entry);
    found.listeners().add(natives.listener(entry));
    if (CloseWaitSockets.hasWaiting(entry.descriptor())) {
      found.waiting().add(entry.id());
    }
  }

  private void visitConnection(
      CloseWaitNettyRecord entry, Natives found, long now, IntUnaryOperator tcpState) {
    int state = tcpState.applyAsInt(entry.descriptor());
    found.states().add(state);
    boolean dead = state == CLOSE && entry.wasConnected();
    long since = entry.stuck(state == CLOSE_WAIT || dead || entry.refersTo(null), now);
    boolean unreachable = entry.wasCollectedBefore();
    if (since == 0) {
      return;
    }
    keeper.resolveAll(entry);
    int unread = state == CLOSE_WAIT ? CloseWaitSockets.unreadBytes(entry.descriptor()) : 0;
    if (isStillOpen(entry)) {
      found
          .stuck()
          .add(
              new StuckConnection(
                  natives.connection(entry),
                  state,
                  unread > 0 ? unread + FIN : -1,
                  unreachable,
                  false,
                  since));
    }
  }

  /** Its close is seen after the descriptor was closed: what was asked may be of another. */
  private static boolean isStillOpen(CloseWaitNettyRecord entry) {
    Object channel = entry.get();
    return channel == null || CloseWaitNettyTable.find(channel) != null;
  }
}
