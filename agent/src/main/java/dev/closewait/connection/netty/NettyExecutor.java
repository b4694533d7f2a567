package dev.closewait.connection.netty;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.CloseWaitNettyFields;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One event loop that is asked; an application may have written its own, which is not. */
final class NettyExecutor {
  private static final String SINGLE_THREAD_LOOP = ".channel.SingleThreadEventLoop";
  private static final String SINGLE_THREAD = ".util.concurrent.SingleThreadEventExecutor";

  private final NettyTypes types;
  private final Object loop;
  private final @Nullable Class<?> executor;
  private final @Nullable Class<?> group;

  NettyExecutor(NettyTypes types, Object loop) {
    this.types = types;
    this.loop = loop;
    boolean asked = types.isNettys(loop);
    Class<?> type = loop.getClass();
    executor = asked ? NettyTypes.supertype(type, ".util.concurrent.EventExecutor") : null;
    group = asked ? NettyTypes.supertype(type, ".util.concurrent.EventExecutorGroup") : null;
  }

  boolean isThreadKnown() {
    return CloseWaitNettyFields.hasThreadField(loop) && !isContradicted();
  }

  @Nullable Thread thread() {
    return isContradicted() ? null : CloseWaitNettyFields.thread(loop);
  }

  boolean isShuttingDown() {
    return Boolean.TRUE.equals(
        NettyQuestion.of(group, "isShuttingDown", boolean.class).isTrue(loop));
  }

  boolean isTerminated() {
    return Boolean.TRUE.equals(NettyQuestion.of(group, "isTerminated", boolean.class).isTrue(loop));
  }

  /**
   * Not asked where the event loop overrides it: from 4.1.1 to 4.1.28 those of NIO, epoll and
   * kqueue count on their own threads and wait for that, for ever when they are blocked.
   */
  long pendingTasks() {
    Class<?> single = NettyTypes.supertype(loop.getClass(), SINGLE_THREAD);
    if (executor == null || single == null || isCountingByItself()) {
      return -1;
    }
    return NettyQuestion.of(single, "pendingTasks", int.class).number(loop);
  }

  /** The event loops of its group, itself included; empty when the group is not Netty's own. */
  List<Object> siblings(int most) {
    Object parent = NettyQuestion.of(executor, "parent", group).ask(loop);
    List<Object> siblings = new ArrayList<>();
    if (types.isNettys(parent)
        && NettyQuestion.of(group, "iterator", Iterator.class).ask(parent)
            instanceof Iterator<?> iterator) {
      while (iterator.hasNext() && siblings.size() < most) {
        Object sibling = iterator.next();
        if (sibling != null) {
          siblings.add(sibling);
        }
      }
    }
    return siblings;
  }

  private boolean isCountingByItself() {
    try {
      MethodHandles.Lookup lookup =
          MethodHandles.privateLookupIn(loop.getClass(), MethodHandles.lookup());
      MethodHandle method =
          lookup.findVirtual(loop.getClass(), "pendingTasks", MethodType.methodType(int.class));
      Class<?> declaring = lookup.revealDirect(method).getDeclaringClass();
      return !declaring.getName().endsWith(SINGLE_THREAD)
          && !declaring.getName().endsWith(SINGLE_THREAD_LOOP);
    } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
      return true;
    }
  }

  /** The field says one thread and the loop itself another: neither is believed. */
  private boolean isContradicted() {
    Thread thread = CloseWaitNettyFields.thread(loop);
    if (thread == null || executor == null) {
      return false;
    }
    try {
      MethodHandle in =
          MethodHandles.publicLookup()
              .findVirtual(
                  executor, "inEventLoop", MethodType.methodType(boolean.class, Thread.class));
      return !(boolean) in.invoke(loop, thread);
    } catch (Throwable t) {
      return false;
    }
  }
}
