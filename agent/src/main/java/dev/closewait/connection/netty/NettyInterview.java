package dev.closewait.connection.netty;

import java.lang.ref.WeakReference;
import java.net.CloseWaitNettyFields;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks channels what they are doing; confined to the scanner thread.
 *
 * <p>Calls no method that the application can have overridden, and none that locks or waits.
 */
public final class NettyInterview {
  private static final int MAX_SIBLINGS = 1000;

  private final IdentityHashMap<Object, NettyLoop> loopsInThisPass = new IdentityHashMap<>();

  /** Null when it is of a class that cannot be asked. */
  public @Nullable NettyState stateOf(Object channel, boolean isNative) {
    NettyCopy copy = NettyCopy.of(channel.getClass());
    if (copy == null) {
      return null;
    }
    Object config = copy.config.ask(channel);
    Object unsafe = copy.unsafe.ask(channel);
    Object buffer = copy.outboundBuffer.ask(unsafe);
    Boolean inputShutdown = isNative ? copy.isShutdown(channel, "isInputShutdown") : null;
    return new NettyState(
        copy.packageName,
        copy.version,
        copy.isOpen.isTrue(channel),
        copy.isActive.isTrue(channel),
        copy.isRegistered.isTrue(channel),
        copy.types.isNettys(config) ? copy.isAutoRead.isTrue(config) : null,
        inputShutdown,
        isNative ? copy.isShutdown(channel, "isOutputShutdown") : null,
        unsafe != null && buffer == null,
        copy.pendingBytes.number(buffer),
        Boolean.TRUE.equals(inputShutdown)
            ? SentBytes.of(channel.getClass(), copy.descriptor(channel))
            : null,
        handlers(copy, channel),
        loop(copy, copy.eventLoop.ask(channel)));
  }

  /** False when the channel says that it is closed, which no hook may have seen. */
  public boolean isOpen(Object channel) {
    NettyCopy copy = NettyCopy.of(channel.getClass());
    return copy == null || !Boolean.FALSE.equals(copy.isOpen.isTrue(channel));
  }

  /** The JDK's channel below it; null of a native one, or when it cannot be asked. */
  public @Nullable Object selectable(Object channel) {
    NettyCopy copy = NettyCopy.of(channel.getClass());
    return copy == null ? null : copy.selectable(channel);
  }

  /** The descriptor of a native channel; -1 of any other, or when it has none. */
  public int descriptor(Object channel) {
    NettyCopy copy = NettyCopy.of(channel.getClass());
    return copy == null ? -1 : copy.descriptor(channel);
  }

  /** The handler that a server channel gives to those that it accepts; null when not known. */
  public @Nullable Object childHandler(Object server) {
    NettyCopy copy = NettyCopy.of(server.getClass());
    if (copy != null) {
      for (Object handler : handlerMap(copy, server).values()) {
        Object child = CloseWaitNettyFields.childHandler(handler);
        if (child != null) {
          return child;
        }
      }
    }
    return null;
  }

  /**
   * What a promise of Netty was completed with; null before, and of any other promise.
   *
   * <p>{@code getNow} of its {@code DefaultPromise} reads one field.
   */
  public @Nullable Object result(Object promise) {
    Class<?> own = NettyTypes.supertype(promise.getClass(), ".util.concurrent.DefaultPromise");
    return NettyQuestion.of(own, "getNow", Object.class).ask(promise);
  }

  /** Forgets the event loops of this pass. */
  public void endPass() {
    loopsInThisPass.clear();
  }

  private static List<PipelineEntry> handlers(NettyCopy copy, Object channel) {
    List<PipelineEntry> handlers = new ArrayList<>();
    handlerMap(copy, channel)
        .forEach(
            (name, handler) -> {
              Class<?> type = handler.getClass();
              handlers.add(
                  new PipelineEntry(
                      String.valueOf(name), type.getName(), copy.handlerMethods.get(type)));
            });
    return handlers;
  }

  private static Map<?, ?> handlerMap(NettyCopy copy, Object channel) {
    Object pipeline = copy.pipeline.ask(channel);
    return copy.types.isNettys(pipeline) && copy.handlers.ask(pipeline) instanceof Map<?, ?> map
        ? map
        : Map.of();
  }

  private @Nullable NettyLoop loop(NettyCopy copy, @Nullable Object loop) {
    if (loop == null) {
      return null;
    }
    NettyLoop known = loopsInThisPass.get(loop);
    if (known == null) {
      known = newLoop(copy, loop);
      loopsInThisPass.put(loop, known);
    }
    return known;
  }

  private static NettyLoop newLoop(NettyCopy copy, Object loop) {
    NettyExecutor executor = new NettyExecutor(copy.types, loop);
    List<Object> siblings = executor.siblings(MAX_SIBLINGS);
    int idle = 0;
    for (Object sibling : siblings) {
      idle +=
          CloseWaitNettyFields.hasThreadField(sibling)
                  && CloseWaitNettyFields.thread(sibling) == null
              ? 1
              : 0;
    }
    Thread thread = executor.thread();
    return new NettyLoop(
        loop.getClass().getName(),
        thread == null ? null : thread.getName(),
        thread == null ? null : new WeakReference<>(thread),
        executor.isThreadKnown(),
        executor.isShuttingDown(),
        executor.isTerminated(),
        executor.pendingTasks(),
        siblings.size(),
        idle);
  }
}
