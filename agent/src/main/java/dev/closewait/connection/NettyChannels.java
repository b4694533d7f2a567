package dev.closewait.connection;

import dev.closewait.connection.netty.NettyInterview;
import java.net.CloseWaitControl;
import java.net.CloseWaitNettyRecord;
import java.net.CloseWaitNettyTable;
import java.net.CloseWaitRecord;
import java.net.CloseWaitSockets;
import java.net.CloseWaitTable;
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
  private List<CloseWaitNettyRecord> natives = List.of();

  NettyChannels(NettyInterview interview, RecordKeeper keeper) {
    this.interview = interview;
    this.keeper = keeper;
  }

  /** Before the sockets are gone over. */
  void startPass(long now) {
    List<CloseWaitNettyRecord> located = new ArrayList<>();
    for (int i = 0; i < CloseWaitNettyTable.buckets(); i++) {
      for (CloseWaitNettyRecord entry : CloseWaitNettyTable.bucket(i)) {
        keeper.refine(entry, now);
        boolean kept = entry.isNative() ? isLocated(entry) : isLinked(entry);
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

  private boolean isLocated(CloseWaitNettyRecord entry) {
    Object channel = entry.get();
    if (channel == null) {
      return entry.descriptor() >= 0 && isStillThere(entry);
    }
    if (!interview.isOpen(channel)) {
      return false;
    }
    int descriptor = interview.descriptor(channel);
    if (descriptor >= 0 && entry.remote() == null) {
      entry.locate(
          descriptor,
          CloseWaitSockets.localAddress(descriptor),
          entry.isListener() ? null : CloseWaitSockets.remoteAddress(descriptor));
    }
    return true;
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
