package dev.closewait.connection;

import dev.closewait.connection.netty.NettyInterview;
import dev.closewait.connection.netty.NettyState;
import java.net.CloseWaitNettyCall;
import java.net.CloseWaitNettyRecord;
import java.net.CloseWaitNettyTable;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies the records of Netty channels into snapshots, and asks the channels the rest.
 *
 * <p>Confined to the scanner thread.
 */
final class NettySnapshots {
  private static final int MAX_CHILD_HANDLERS = 10_000;
  private static final int MAX_ACQUIRES = 10_000;

  private final NettyInterview interview;
  private final RecordKeeper keeper;
  private final IdentityHashMap<CloseWaitNettyRecord, NettyChannel> serversInThisPass =
      new IdentityHashMap<>();
  private final List<CloseWaitNettyCall> childHandlers = new ArrayList<>();
  private final List<CloseWaitNettyCall> acquires = new ArrayList<>();

  NettySnapshots(NettyInterview interview, RecordKeeper keeper) {
    this.interview = interview;
    this.keeper = keeper;
  }

  /** Takes the calls since the last pass whose channel is not known yet. */
  void startPass(long now) {
    keep(childHandlers, CloseWaitNettyCall.takeChildHandlers(), MAX_CHILD_HANDLERS);
    for (CloseWaitNettyCall call : childHandlers) {
      keeper.refine(call.event(), now);
    }
    keep(acquires, CloseWaitNettyCall.takeAcquires(), MAX_ACQUIRES);
    acquires.removeIf(this::isAcquired);
    for (CloseWaitNettyCall call : acquires) {
      keeper.refine(call.event(), now);
    }
  }

  void endPass() {
    serversInThisPass.clear();
    interview.endPass();
  }

  NettyChannel channel(CloseWaitNettyRecord entry) {
    CloseWaitNettyRecord parent = entry.parent();
    Object channel = entry.get();
    return new NettyChannel(
        keeper.happened(entry.created()),
        parent == null ? null : server(parent),
        entry.isListener() && channel != null ? childHandler(channel) : null,
        keeper.event(entry.closeRequest()),
        entry.lastContext(),
        keeper.event(entry.pause()),
        entry.pausedNanos(),
        keeper.event(entry.tailError()),
        new NettyPooling(
            keeper.event(entry.acquire()), keeper.event(entry.release()), entry.isPooled()),
        channel == null ? null : state(entry, channel));
  }

  /** Of a connection whose own channel was collected before it could be asked. */
  NettyChannel acceptedBy(CloseWaitNettyRecord server, SocketEvent accepted) {
    return new NettyChannel(
        accepted,
        server(server),
        null,
        null,
        null,
        null,
        0,
        null,
        new NettyPooling(null, null, false),
        null);
  }

  private NettyChannel server(CloseWaitNettyRecord entry) {
    NettyChannel known = serversInThisPass.get(entry);
    if (known == null) {
      keeper.resolveAll(entry);
      known = channel(entry);
      serversInThisPass.put(entry, known);
    }
    return known;
  }

  private @Nullable NettyState state(CloseWaitNettyRecord entry, Object channel) {
    return interview.stateOf(channel, entry.isNative());
  }

  private @Nullable SocketEvent childHandler(Object server) {
    Object handler = interview.childHandler(server);
    if (handler == null) {
      return null;
    }
    String name = handler.getClass().getName();
    for (CloseWaitNettyCall call : childHandlers) {
      if (call.refersTo(handler)) {
        SocketEvent event = SnapshotFactory.happened(call.event());
        return new SocketEvent(event.atNanos(), event.threadName(), event.stack(), 1, name);
      }
    }
    return new SocketEvent(0, null, null, 1, name);
  }

  private boolean isAcquired(CloseWaitNettyCall call) {
    Object promise = call.get();
    Object channel = promise == null ? null : interview.result(promise);
    CloseWaitNettyRecord entry = channel == null ? null : CloseWaitNettyTable.find(channel);
    if (entry != null) {
      entry.acquired(call.event());
    }
    return promise == null || channel != null;
  }

  private static void keep(List<CloseWaitNettyCall> kept, CloseWaitNettyCall[] added, int most) {
    kept.removeIf(call -> call.refersTo(null));
    for (CloseWaitNettyCall call : added) {
      if (kept.size() < most) {
        kept.add(call);
      }
    }
  }
}
