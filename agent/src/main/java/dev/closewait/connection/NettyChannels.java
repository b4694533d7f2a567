package dev.closewait.connection;

import dev.closewait.connection.netty.NettyInterview;
import java.net.CloseWaitControl;
import java.net.CloseWaitNettyRecord;
import java.net.CloseWaitNettyTable;
import java.net.CloseWaitRecord;
import java.net.CloseWaitSockets;
import java.net.CloseWaitTable;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes over the records of Netty channels once per scan: links those over NIO to the records of
 * their sockets, finds the descriptors of the native ones, and forgets those whose close no hook
 * has seen.
 *
 * <p>Confined to the scanner thread.
 */
final class NettyChannels {
  private final CloseWaitTable sockets = CloseWaitControl.table();
  private final NettyInterview interview;
  private final RecordKeeper keeper;
  private final LostChannels lost = new LostChannels();
  private List<CloseWaitNettyRecord> natives = new ArrayList<>();
  private boolean allLocated;

  NettyChannels(NettyInterview interview, RecordKeeper keeper) {
    this.interview = interview;
    this.keeper = keeper;
  }

  /** Before the sockets are gone over. */
  void startPass(long now) {
    List<CloseWaitNettyRecord> located = new ArrayList<>();
    lost.startPass();
    allLocated = false;
    for (int i = 0; i < CloseWaitNettyTable.buckets(); i++) {
      for (CloseWaitNettyRecord entry : CloseWaitNettyTable.bucket(i)) {
        keeper.refine(entry, now);
        boolean kept = entry.isNative() ? isLocated(entry, now) : isLinked(entry);
        if (!kept) {
          CloseWaitNettyTable.forget(entry);
        } else if (entry.descriptor() >= 0) {
          located.add(entry);
        }
      }
    }
    natives = located;
  }

  /** The channels of native transports whose descriptors are known. */
  List<CloseWaitNettyRecord> natives() {
    return natives;
  }

  /** True when channels were collected before it was known where they are. */
  boolean hasLost() {
    return !lost.isEmpty();
  }

  /**
   * Gives the descriptor that no record explains to a channel that was accepted at this end and
   * collected before anybody could ask where it is; false when there is none.
   */
  boolean claim(int descriptor, InetSocketAddress local, InetSocketAddress remote, long seenNanos) {
    locateAll();
    for (CloseWaitNettyRecord located : natives) {
      if (located.descriptor() == descriptor) {
        return true;
      }
    }
    CloseWaitNettyRecord claimed = lost.claim(descriptor, local, remote, seenNanos);
    if (claimed != null) {
      natives.add(claimed);
    }
    return claimed != null;
  }

  /** A channel that was made since the pass began may own the descriptor. */
  private void locateAll() {
    if (allLocated) {
      return;
    }
    allLocated = true;
    for (int i = 0; i < CloseWaitNettyTable.buckets(); i++) {
      for (CloseWaitNettyRecord entry : CloseWaitNettyTable.bucket(i)) {
        Object channel = entry.get();
        if (channel != null && entry.isNative() && entry.descriptor() < 0) {
          locate(entry, channel);
          if (entry.descriptor() >= 0) {
            natives.add(entry);
          }
        }
      }
    }
  }

  /** False when its socket has been closed, or nothing is left of the channel. */
  @SuppressWarnings("ReferenceEquality")
  private boolean isLinked(CloseWaitNettyRecord entry) {
    CloseWaitRecord socket = entry.socket();
    if (socket != null) {
      return sockets.get(socket.descriptor()) == socket;
    }
    Object channel = entry.get();
    if (channel == null) {
      return false;
    }
    Object selectable = interview.selectable(channel);
    if (selectable != null) {
      entry.link(selectable);
    }
    return interview.isOpen(channel);
  }

  private boolean isLocated(CloseWaitNettyRecord entry, long now) {
    Object channel = entry.get();
    if (channel == null) {
      return entry.descriptor() >= 0 ? isStillThere(entry) : lost.isMissed(entry, now);
    }
    if (!interview.isOpen(channel)) {
      return false;
    }
    locate(entry, channel);
    return true;
  }

  private void locate(CloseWaitNettyRecord entry, Object channel) {
    int descriptor = interview.descriptor(channel);
    if (descriptor >= 0 && entry.remote() == null) {
      entry.locate(
          descriptor,
          CloseWaitSockets.localAddress(descriptor),
          entry.isListener() ? null : CloseWaitSockets.remoteAddress(descriptor));
    }
  }

  /** The number may be another's by now: the endpoints tell. */
  private static boolean isStillThere(CloseWaitNettyRecord entry) {
    int descriptor = entry.descriptor();
    return entry.local() != null
        && entry.local().equals(CloseWaitSockets.localAddress(descriptor))
        && (entry.remote() == null
            || entry.remote().equals(CloseWaitSockets.remoteAddress(descriptor)));
  }
}
