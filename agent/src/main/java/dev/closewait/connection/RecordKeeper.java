package dev.closewait.connection;

import java.net.CloseWaitEvent;
import java.net.CloseWaitMethodExit;
import java.net.CloseWaitNettyRecord;
import java.net.CloseWaitRecord;
import java.net.CloseWaitThread;
import java.net.CloseWaitThrown;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Refines records after the application threads have written them: stacks become shared frames when
 * the connection has outlived the grace time, and threads shared holders.
 *
 * <p>Confined to the scanner thread. A short-lived connection never pays for the resolution of its
 * stacks.
 */
final class RecordKeeper {
  private static final int DISTINCT_STACKS = 4096;

  /** Stands for a moment after which every stack is old enough. */
  static final long NOW_OR_LATER = Long.MAX_VALUE;

  private final long graceNanos;
  private final StackInterner interner = new StackInterner(DISTINCT_STACKS, new SourceFiles());
  private final IdentityHashMap<Thread, CloseWaitThread> holdersInThisPass =
      new IdentityHashMap<>();

  RecordKeeper(long graceNanos) {
    this.graceNanos = graceNanos;
  }

  void refine(CloseWaitRecord entry, long now) {
    shareThread(entry);
    if (entry.openStack() instanceof Throwable stack && isOld(entry.openedNanos(), now)) {
      entry.resolveOpenStack(interner.resolve(stack));
    }
    if (entry.lastUseStack() instanceof Throwable stack && isOld(entry.lastUseStackNanos(), now)) {
      CloseWaitThread user = entry.threadOf(stack);
      entry.resolveLastUseStack(stack, interner.resolve(stack), user == null ? null : shared(user));
    }
    refine(entry.eof(), now);
    refine(entry.error(), now);
    refine(entry.closeRequest(), now);
    refine(entry.shutdown(), now);
    refine(entry.lastThreadEnd(), now);
    for (CloseWaitMethodExit e = entry.lastExit(); e != null; e = e.previous()) {
      refine(e, now);
    }
  }

  /** Resolves every stack at once: the record is about to be shown. */
  void resolveAll(CloseWaitRecord entry) {
    refine(entry, NOW_OR_LATER);
  }

  void refine(CloseWaitNettyRecord entry, long now) {
    refine(entry.created(), now);
    refine(entry.closeRequest(), now);
    refine(entry.pause(), now);
    refine(entry.tailError(), now);
    refine(entry.acquire(), now);
    refine(entry.release(), now);
  }

  /** As {@link #resolveAll(CloseWaitRecord)}. */
  void resolveAll(CloseWaitNettyRecord entry) {
    refine(entry, NOW_OR_LATER);
  }

  void endPass() {
    interner.endPass();
    holdersInThisPass.clear();
  }

  /** Fifteen thousand idle connections that one thread has read need one holder of it. */
  private void shareThread(CloseWaitRecord entry) {
    CloseWaitThread holder = entry.lastThread();
    if (holder != null) {
      entry.shareLastThread(holder, shared(holder));
    }
  }

  private CloseWaitThread shared(CloseWaitThread holder) {
    Thread thread = holder.get();
    CloseWaitThread shared = thread == null ? null : holdersInThisPass.putIfAbsent(thread, holder);
    return shared == null ? holder : shared;
  }

  /** An exception of the application may hold anything: only its text is kept. */
  void refine(@Nullable CloseWaitEvent event, long now) {
    if (event == null) {
      return;
    }
    if (event.error() instanceof Throwable error) {
      event.resolve(interner.resolve(error));
      event.describeError(describe(error));
    } else if (event.stack() instanceof Throwable stack && isOld(event.atNanos(), now)) {
      event.resolve(interner.resolve(stack));
    }
  }

  /**
   * What is there of it now. It is refined once more: the application may have written it since its
   * record was.
   */
  @Nullable SocketEvent event(@Nullable CloseWaitEvent event) {
    return event == null ? null : happened(event);
  }

  /** As {@link #event}. */
  SocketEvent happened(CloseWaitEvent event) {
    refine(event, NOW_OR_LATER);
    return SnapshotFactory.happened(event);
  }

  private boolean isOld(long atNanos, long now) {
    return now == NOW_OR_LATER || now - atNanos > graceNanos;
  }

  private static String describe(Throwable error) {
    String type = error.getClass().getName();
    String message = CloseWaitThrown.message(error);
    return message == null ? type : type + ": " + message;
  }
}
