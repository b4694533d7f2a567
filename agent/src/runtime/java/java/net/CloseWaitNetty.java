package java.net;

/**
 * What the woven classes of every copy of Netty call; the rules of {@link CloseWaitHooks} hold here
 * as well.
 *
 * <p>Nothing of the channel is called: in its constructor the fields of its subclass are not set
 * yet. Whatever else is to be known of it the agent asks when it reports.
 */
public final class CloseWaitNetty {
  private CloseWaitNetty() {}

  /**
   * At the end of the constructor of {@code AbstractChannel}.
   *
   * @param parent the server channel that accepted it; null for one that was bound or connected, on
   *     the thread that did so
   */
  public static void created(Object channel, Object parent) {
    if (CloseWaitControl.off()) {
      return;
    }
    try {
      CloseWaitNettyTable.created(channel, parent);
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  /**
   * A close request has come to a context of the pipeline.
   *
   * @param context the name of the context; the last one is where the request ended
   */
  public static void closeRequested(Object channel, String context) {
    if (CloseWaitControl.off()) {
      return;
    }
    try {
      CloseWaitNettyRecord entry = CloseWaitNettyTable.recordOf(channel);
      if (entry != null) {
        entry.closeRequested(context, CloseWaitControl.BUDGET);
      }
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  /** The transport has closed the descriptor. */
  public static void closed(Object channel) {
    if (!CloseWaitControl.isWatching()) {
      return;
    }
    try {
      CloseWaitNettyTable.closed(channel);
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  public static void autoRead(Object channel, boolean on) {
    if (CloseWaitControl.off()) {
      return;
    }
    try {
      CloseWaitNettyRecord entry = CloseWaitNettyTable.recordOf(channel);
      if (entry == null) {
        return;
      }
      if (on) {
        entry.resumed();
      } else {
        entry.paused(CloseWaitControl.clock(), CloseWaitControl.BUDGET);
      }
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  /** An exception that no handler of the pipeline has taken. */
  public static void tailException(Object channel, Throwable thrown) {
    if (CloseWaitControl.off()) {
      return;
    }
    try {
      CloseWaitNettyRecord entry = CloseWaitNettyTable.recordOf(channel);
      if (entry != null) {
        entry.tailException(thrown);
      }
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  /**
   * A server bootstrap was given the handler of the channels that it will accept: where a library
   * binds on a thread of its own, only this stack has a frame of the application.
   */
  public static void childHandler(Object handler) {
    if (handler == null || CloseWaitControl.off()) {
      return;
    }
    try {
      CloseWaitNettyCall.CHILD_HANDLERS.add(handler, true);
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  /**
   * A channel is asked for from a pool.
   *
   * @param promise completed with the channel, some time later
   */
  public static void acquiring(Object promise) {
    if (promise == null || CloseWaitControl.off()) {
      return;
    }
    try {
      boolean sampled =
          CloseWaitControl.BUDGET.take(
              CloseWaitBudget.USE_AGAIN, System.identityHashCode(promise.getClass()));
      CloseWaitNettyCall.ACQUIRES.add(promise, sampled);
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  /** A channel has been given back to its pool. */
  public static void released(Object channel) {
    if (CloseWaitControl.off()) {
      return;
    }
    try {
      CloseWaitNettyRecord entry = CloseWaitNettyTable.recordOf(channel);
      if (entry != null) {
        entry.released(CloseWaitControl.BUDGET);
      }
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  /** A channel was taken out of its pool; null when the pool had none. */
  public static void polled(Object channel) {
    if (channel == null || CloseWaitControl.off()) {
      return;
    }
    try {
      CloseWaitNettyRecord entry = CloseWaitNettyTable.recordOf(channel);
      if (entry != null) {
        entry.polled();
      }
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }
}
