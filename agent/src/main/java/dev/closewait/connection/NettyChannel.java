package dev.closewait.connection;

import dev.closewait.connection.netty.NettyLoop;
import dev.closewait.connection.netty.NettyState;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Netty channel of a connection or listening socket at one moment.
 *
 * @param created has a stack when it was bound or connected, by the thread that did so
 * @param server the channel that accepted it; null for others
 * @param childHandler of a server channel, where its bootstrap was given the handler for accepted
 *     channels; the detail is that handler's class; null when not known
 * @param closeRequest the first; null when there was none
 * @param closeStoppedAt the name of the context that a close request has come to last
 * @param pause the first {@code setAutoRead(false)}, and how many there were
 * @param pausedNanos when reading was turned off last, on the clock of {@link System#nanoTime()}; 0
 *     when it is on
 * @param tailError the last exception that reached the tail of the pipeline
 * @param state what the channel answered; null when it was collected or cannot be asked
 */
public record NettyChannel(
    SocketEvent created,
    @Nullable NettyChannel server,
    @Nullable SocketEvent childHandler,
    @Nullable SocketEvent closeRequest,
    @Nullable String closeStoppedAt,
    @Nullable SocketEvent pause,
    long pausedNanos,
    @Nullable SocketEvent tailError,
    NettyPooling pooling,
    @Nullable NettyState state) {

  /**
   * Where the application set it up: its own {@code bind} or {@code connect}, or that of the server
   * channel; where a library did that on a thread of its own, what gave it the handlers.
   */
  public List<List<StackTraceElement>> setUpStacks() {
    NettyChannel origin = server == null ? this : server;
    List<List<StackTraceElement>> stacks = new ArrayList<>();
    if (!origin.created.frames().isEmpty()) {
      stacks.add(origin.created.frames());
    }
    if (origin.childHandler != null && !origin.childHandler.frames().isEmpty()) {
      stacks.add(origin.childHandler.frames());
    }
    return stacks;
  }

  /** The thread of its event loop, or of the one that accepts while it has none; null without. */
  public @Nullable WeakReference<Thread> eventLoopThread() {
    NettyLoop loop = state == null ? null : state.loop();
    if (loop != null) {
      return loop.thread();
    }
    return server == null || state == null ? null : server.eventLoopThread();
  }
}
