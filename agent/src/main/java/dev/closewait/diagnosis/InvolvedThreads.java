package dev.closewait.diagnosis;

import dev.closewait.connection.ConnectionRegistry;
import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.NettyChannel;
import dev.closewait.connection.Registration;
import dev.closewait.connection.SelectorLoops;
import dev.closewait.connection.SocketEvent;
import dev.closewait.connection.ThreadEnd;
import dev.closewait.connection.ThreadUses;
import dev.closewait.diagnosis.thread.SameCall;
import java.lang.ref.WeakReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The threads that a connection depends on: the one that used it last, and the one that runs its
 * selector.
 *
 * <p>For one scan, since it holds threads.
 */
final class InvolvedThreads {
  private final ThreadWatch threads;
  private final ConnectionRegistry registry;
  private final SameCall calls;
  private @Nullable ThreadUses uses;
  private @Nullable SelectorLoops loops;

  InvolvedThreads(ThreadWatch threads, ConnectionRegistry registry, ApplicationFrames application) {
    this.threads = threads;
    this.registry = registry;
    this.calls = new SameCall(application);
  }

  /** Before any finding depends on it: later it is known for how long it has stood. */
  void lookAt(ConnectionSnapshot connection) {
    Thread user = userOf(connection);
    if (user != null) {
      threads.look(user);
    }
    Thread loop = loopThread(connection);
    if (loop != null) {
      threads.look(loop);
    }
  }

  /** Null when it has ended, is not known, or was not looked at. */
  @Nullable ThreadLook lastUser(ConnectionSnapshot connection) {
    Thread user = userOf(connection);
    return user == null ? null : threads.lookWithLocks(user);
  }

  @Nullable ThreadLook selectorLoop(ConnectionSnapshot connection) {
    Thread loop = loopThread(connection);
    return loop == null ? null : threads.lookWithLocks(loop);
  }

  /** True when the last user has used another connection since, other than in the same call. */
  boolean hasMovedOn(ConnectionSnapshot connection) {
    List<ThreadUses.Use> since = usesSince(connection);
    return since.size() >= ThreadUses.REMEMBERED
        || since.stream().anyMatch(later -> isInAnotherCall(later, connection));
  }

  /**
   * True when one of these was a connection that the process has accepted: a server's thread that
   * goes on to its next client. One that was opened may be asked for this client's sake.
   */
  boolean servesAnother(ConnectionSnapshot connection) {
    return usesSince(connection).stream()
        .anyMatch(later -> later.accepted() && isInAnotherCall(later, connection));
  }

  /** As far as stacks tell: a use that none was taken of may be in any call. */
  private boolean isInAnotherCall(ThreadUses.Use later, ConnectionSnapshot connection) {
    SocketEvent use = connection.eof() != null ? connection.eof() : connection.lastUse();
    return use == null || !calls.isFurther(use.frames(), later.frames());
  }

  private List<ThreadUses.Use> usesSince(ConnectionSnapshot connection) {
    Thread user = userOf(connection);
    if (user == null) {
      return List.of();
    }
    if (uses == null) {
      uses = registry.threadUses();
    }
    return uses.usesSince(user, connection);
  }

  /** The thread of its Netty event loop, or of the one that accepts while it has none. */
  @Nullable ThreadLook eventLoop(ConnectionSnapshot connection) {
    Thread loop = eventLoopThread(connection);
    return loop == null ? null : threads.lookWithLocks(loop);
  }

  /** Event loops are few: how they stand is known by the time that their connections are late. */
  void lookAtEventLoop(ConnectionSnapshot connection) {
    Thread loop = eventLoopThread(connection);
    if (loop != null) {
      threads.look(loop);
    }
  }

  private static @Nullable Thread eventLoopThread(ConnectionSnapshot connection) {
    NettyChannel channel = connection.netty();
    WeakReference<Thread> thread = channel == null ? null : channel.eventLoopThread();
    return thread == null ? null : thread.get();
  }

  /** How the only thread has ended that used channels of its selector; null when it has not. */
  @Nullable ThreadEnd selectorLoopEnd(ConnectionSnapshot connection) {
    SelectorLoops known = loops(connection);
    return known == null ? null : known.endOfLoopOf(connection);
  }

  private @Nullable Thread loopThread(ConnectionSnapshot connection) {
    SelectorLoops known = loops(connection);
    return known == null ? null : known.loopOf(connection);
  }

  /** Null when it is with no selector of the application's own. */
  private @Nullable SelectorLoops loops(ConnectionSnapshot connection) {
    Registration registration = connection.registration();
    // What a Netty event loop does is judged by its channel's own state.
    if (connection.netty() != null
        || registration == null
        || registration.blocking()
        || !registration.registered()) {
      return null;
    }
    if (loops == null) {
      loops = registry.selectorLoops();
    }
    return loops;
  }

  private static @Nullable Thread userOf(ConnectionSnapshot connection) {
    WeakReference<Thread> lastUser = connection.lastUser();
    return lastUser == null ? null : lastUser.get();
  }
}
