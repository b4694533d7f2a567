package java.net;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A call of the application that leads to a channel only later: the agent finds out to which one
 * from the object that was passed, which this refers to weakly.
 */
public final class CloseWaitNettyCall extends WeakReference<Object> {
  static final Calls CHILD_HANDLERS = new Calls();
  static final Calls ACQUIRES = new Calls();

  private final CloseWaitEvent event;
  private final int size;
  private CloseWaitNettyCall next;

  private CloseWaitNettyCall(Object passed, CloseWaitEvent event, CloseWaitNettyCall next) {
    super(passed);
    this.event = event;
    this.next = next;
    this.size = next == null ? 1 : next.size + 1;
  }

  /** The calls since the agent last took them; when they are too many, the later ones are lost. */
  static final class Calls {
    private static final int MOST = 1000;

    private final AtomicReference<CloseWaitNettyCall> newest = new AtomicReference<>();

    void add(Object passed, boolean sampled) {
      CloseWaitEvent event = null;
      CloseWaitNettyCall head;
      do {
        head = newest.get();
        if (head != null && head.size >= MOST) {
          return;
        }
        if (event == null) {
          event = new CloseWaitEvent(sampled ? new CloseWaitStack() : null, null);
        }
      } while (!newest.compareAndSet(head, new CloseWaitNettyCall(passed, event, head)));
    }

    CloseWaitNettyCall[] take() {
      CloseWaitNettyCall head = newest.getAndSet(null);
      CloseWaitNettyCall[] calls = new CloseWaitNettyCall[head == null ? 0 : head.size];
      while (head != null) {
        calls[head.size - 1] = head;
        CloseWaitNettyCall older = head.next;
        head.next = null;
        head = older;
      }
      return calls;
    }
  }

  /**
   * The calls of {@code ServerBootstrap.childHandler} since the last time; each with its handler.
   */
  public static CloseWaitNettyCall[] takeChildHandlers() {
    return CHILD_HANDLERS.take();
  }

  /** The calls of {@code ChannelPool.acquire} since the last time; each with its promise. */
  public static CloseWaitNettyCall[] takeAcquires() {
    return ACQUIRES.take();
  }

  public CloseWaitEvent event() {
    return event;
  }
}
