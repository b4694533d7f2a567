package java.net;

/**
 * What the woven methods of client libraries call: which object a connection belongs to, when it is
 * handed out and given back, and which client was made and closed where.
 *
 * <p>The rules of {@link CloseWaitHooks} hold. A value that is null, since that version of a
 * library keeps it elsewhere, is not an event. {@code row} is the number of the signature.
 */
public final class CloseWaitClients {
  private static final CloseWaitBudget BUDGET = new CloseWaitBudget();
  private static final CloseWaitThings THINGS = new CloseWaitThings();

  /** An end whose time is not known. */
  private static final CloseWaitEvent NO_ROOM = new CloseWaitEvent();

  private CloseWaitClients() {}

  // ---- called by the agent ----

  public static CloseWaitThings things() {
    return THINGS;
  }

  /** Refills the budget of stacks; the first call initialises what the hooks need. */
  static void tick(int stacksPerPurpose) {
    CloseWaitHandles.prepare();
    BUDGET.refill(stacksPerPurpose);
  }

  static void forget() {
    THINGS.clear();
  }

  // ---- called by woven code ----

  /** {@code part} (a socket, a channel, an object of the library) is a part of {@code whole}. */
  public static void joined(Object part, Object whole) {
    if (part == null || whole == null || CloseWaitControl.off()) {
      return;
    }
    try {
      CloseWaitThing inner = THINGS.getOrAdd(CloseWaitHandles.handleOf(part));
      if (inner != null) {
        CloseWaitThing outer = inner.whole();
        if (outer == null || !outer.refersTo(whole)) {
          outer = THINGS.getOrAdd(whole);
        }
        if (outer != null) {
          inner.belongsTo(outer);
        }
      }
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  /** The application has got it, or a call of the application has. */
  public static void leased(Object object, int row) {
    if (object == null || CloseWaitControl.off()) {
      return;
    }
    try {
      CloseWaitThing thing = THINGS.getOrAdd(object);
      // A method and the one that it calls may both be signatures: the inner one has told already.
      if (thing != null && !thing.isLeased()) {
        thing.leased(event(CloseWaitBudget.OPEN, row), row, thing.current());
      }
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  /**
   * The same, maybe on another thread than the application's: {@code call}, if it is known, tells
   * where that stood.
   */
  public static void leasedFor(Object object, Object call, int row) {
    if (object == null || CloseWaitControl.off()) {
      return;
    }
    try {
      CloseWaitThing thing = THINGS.getOrAdd(object);
      CloseWaitThing caller = THINGS.get(call);
      CloseWaitEvent made = caller == null ? null : caller.made();
      if (thing != null) {
        CloseWaitThread holder = made == null ? null : caller.holder();
        thing.leased(made == null ? event(CloseWaitBudget.OPEN, row) : made, row, holder);
      }
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  /** Idle in its pool, though it was not handed out yet. */
  public static void pooled(Object object, int row) {
    if (object == null || CloseWaitControl.off()) {
      return;
    }
    try {
      CloseWaitThing thing = THINGS.getOrAdd(object);
      if (thing != null) {
        thing.pooled(new CloseWaitEvent(null, null), row);
      }
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  public static void released(Object object, int row) {
    if (object == null || CloseWaitControl.off()) {
      return;
    }
    try {
      CloseWaitThing thing = THINGS.get(object);
      if (thing != null && thing.isLeased()) {
        thing.released(end(row));
      }
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  /** A client that has to be closed; a constructor that calls another tells it twice. */
  public static void made(Object object, int row) {
    if (object == null || CloseWaitControl.off()) {
      return;
    }
    try {
      CloseWaitThing thing = THINGS.getOrAdd(object);
      if (thing != null && thing.made() == null) {
        thing.made(event(CloseWaitBudget.USE, row), row);
      }
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  public static void closed(Object object, int row) {
    if (object == null || CloseWaitControl.off()) {
      return;
    }
    try {
      CloseWaitThing thing = THINGS.get(object);
      if (thing != null) {
        thing.closed(end(row));
      }
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  /**
   * A call of the application that goes on in other threads. There is one for each request: those
   * without a stack are not kept.
   */
  public static void called(Object call, int row) {
    if (call == null || CloseWaitControl.off()) {
      return;
    }
    try {
      if (BUDGET.take(CloseWaitBudget.USE_AGAIN, row)) {
        CloseWaitThing thing = THINGS.getOrAdd(call);
        if (thing != null) {
          thing.made(new CloseWaitEvent(new CloseWaitStack(), null), row);
          thing.heldBy(thing.current());
        }
      }
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  /** What is known of {@code call} goes on in {@code step}. */
  public static void carried(Object call, Object step, int row) {
    if (step == null || CloseWaitControl.off()) {
      return;
    }
    try {
      CloseWaitThing caller = THINGS.get(call);
      if (caller != null && caller.made() != null) {
        CloseWaitThing thing = THINGS.getOrAdd(step);
        if (thing != null) {
          thing.made(caller.made(), row);
          thing.heldBy(caller.holder());
        }
      }
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  /** Of a full heap it must not look as if nothing had been given back. */
  private static CloseWaitEvent end(int row) {
    try {
      return event(CloseWaitBudget.END, row);
    } catch (OutOfMemoryError full) {
      CloseWaitControl.hookFailed(full);
      return NO_ROOM;
    }
  }

  private static CloseWaitEvent event(int purpose, int row) {
    return new CloseWaitEvent(BUDGET.take(purpose, row) ? new CloseWaitStack() : null, null);
  }
}
