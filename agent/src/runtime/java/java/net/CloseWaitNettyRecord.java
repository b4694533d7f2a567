package java.net;

import java.lang.ref.WeakReference;

/**
 * One Netty channel over TCP and what was done with it; refers weakly to the channel.
 *
 * <p>Application threads write with plain stores, as in {@link CloseWaitRecord}.
 */
public final class CloseWaitNettyRecord extends WeakReference<Object> {
  private final long id;
  private final int kind;
  private final int hash;
  private final boolean adopted;
  private final CloseWaitNettyRecord parent;
  private final CloseWaitEvent created;

  private CloseWaitEvent closeRequest;
  private String lastContext;
  private CloseWaitEvent pause;
  private long pausedNanos;
  private CloseWaitEvent tailError;
  private CloseWaitEvent acquire;
  private CloseWaitEvent release;
  private boolean pooled;
  private int accepted;
  private long lastAcceptNanos;

  private CloseWaitRecord socket;
  private int descriptor = -1;
  private InetSocketAddress local;
  private InetSocketAddress remote;
  private long stuckSinceNanos;
  private boolean collectedSeen;

  CloseWaitNettyRecord(
      Object channel, int kind, CloseWaitNettyRecord parent, long id, boolean sampled) {
    super(channel);
    this.id = id;
    this.kind = kind;
    this.hash = System.identityHashCode(channel);
    this.adopted = false;
    this.parent = parent;
    this.created = new CloseWaitEvent(sampled ? new CloseWaitStack() : null, null);
  }

  /** A channel that was there before the agent. */
  CloseWaitNettyRecord(Object channel, int kind, long id) {
    super(channel);
    this.id = id;
    this.kind = kind;
    this.hash = System.identityHashCode(channel);
    this.adopted = true;
    this.parent = null;
    this.created = new CloseWaitEvent(null, null);
  }

  /** What shares out the budget of stacks: channels that one server channel accepted are alike. */
  private int site() {
    return parent == null ? 0 : parent.hash;
  }

  /** Called by the one thread that accepts for this server channel. */
  void acceptedOne(long now) {
    accepted = accepted + 1;
    lastAcceptNanos = now;
  }

  void closeRequested(String context, CloseWaitBudget budget) {
    lastContext = context;
    if (closeRequest == null) {
      boolean sampled = budget.take(CloseWaitBudget.END, site());
      closeRequest = new CloseWaitEvent(sampled ? new CloseWaitStack() : null, null);
    }
  }

  /** A proxy may do this for each message: the stack is taken once. */
  void paused(long now, CloseWaitBudget budget) {
    pausedNanos = now;
    CloseWaitEvent first = pause;
    if (first == null) {
      boolean sampled = budget.take(CloseWaitBudget.END, site());
      pause = new CloseWaitEvent(sampled ? new CloseWaitStack() : null, null);
      return;
    }
    first.count = first.count + 1;
    if (first.stack == null && budget.take(CloseWaitBudget.END, site())) {
      first.stack = new CloseWaitStack();
    }
  }

  void resumed() {
    pausedNanos = 0;
  }

  void tailException(Throwable thrown) {
    CloseWaitEvent last = tailError;
    CloseWaitEvent event = new CloseWaitEvent(thrown, thrown);
    event.count = last == null ? 1 : last.count + 1;
    tailError = event;
  }

  void released(CloseWaitBudget budget) {
    boolean sampled = budget.take(CloseWaitBudget.USE_AGAIN, site());
    release = new CloseWaitEvent(sampled ? new CloseWaitStack() : null, null);
    pooled = true;
  }

  /** The call that takes it is found out later. */
  void polled() {
    pooled = false;
    acquire = null;
  }

  /** Unique in this JVM, among those of {@link CloseWaitRecord} as well. */
  public long id() {
    return id;
  }

  /** Of the channel, by identity: also after it was collected. */
  int hash() {
    return hash;
  }

  /** See {@link CloseWaitNettyKinds}. */
  public boolean isListener() {
    return CloseWaitNettyKinds.isListener(kind);
  }

  /** One of the transports of {@link CloseWaitNettyKinds}. */
  public int transport() {
    return CloseWaitNettyKinds.transport(kind);
  }

  /** True when there is no {@link CloseWaitRecord} of the same socket. */
  public boolean isNative() {
    return CloseWaitNettyKinds.isNative(kind);
  }

  /** True when the channel was there before the agent: nothing is known of its creation. */
  public boolean isAdopted() {
    return adopted;
  }

  /** The server channel that accepted it; null for one that was bound or connected. */
  public CloseWaitNettyRecord parent() {
    return parent;
  }

  /** Its creation; with a stack only when it was bound or connected, by the thread that did so. */
  public CloseWaitEvent created() {
    return created;
  }

  /** The first close request; null before. */
  public CloseWaitEvent closeRequest() {
    return closeRequest;
  }

  /** The name of the last context that a close request has come to; null before. */
  public String lastContext() {
    return lastContext;
  }

  /** The first {@code setAutoRead(false)}, and how many there were; null before. */
  public CloseWaitEvent pause() {
    return pause;
  }

  /** The last {@code setAutoRead(false)}, as coarse as the scanner's tick; 0 when it reads. */
  public long pausedNanos() {
    return pausedNanos;
  }

  /** The last exception that reached the tail of the pipeline, and how many did; null before. */
  public CloseWaitEvent tailError() {
    return tailError;
  }

  /** The call that took it from its pool; null when that is not known. */
  public CloseWaitEvent acquire() {
    return acquire;
  }

  /**
   * Called by the scanner, which finds out later; a pool may acquire from the pool that it extends,
   * on a thread of its own: the first call is the application's.
   */
  public void acquired(CloseWaitEvent by) {
    CloseWaitEvent known = acquire;
    CloseWaitEvent given = release;
    boolean isOver = given != null && by.atNanos() - given.atNanos() < 0;
    if (!isOver && (known == null || by.atNanos() - known.atNanos() < 0)) {
      acquire = by;
    }
  }

  /** When it was given back to a pool last; null before. */
  public CloseWaitEvent release() {
    return release;
  }

  /** True while it waits in a pool to be used. */
  public boolean isPooled() {
    return pooled;
  }

  /** Of a server channel; wraps around after 2^32. */
  public int accepted() {
    return accepted;
  }

  /** As coarse as the scanner's tick; 0 before the first. */
  public long lastAcceptNanos() {
    return lastAcceptNanos;
  }

  // ---- what the scanner finds out; no other thread writes these ----

  /** Links an NIO channel to the record of the JDK's channel below it; false when there is none. */
  public boolean link(Object selectable) {
    CloseWaitRecord entry = CloseWaitOpenings.recordOf(selectable);
    if (entry == null) {
      return false;
    }
    socket = entry;
    entry.channel(this);
    return true;
  }

  /** Of an NIO channel; null until it is linked. */
  public CloseWaitRecord socket() {
    return socket;
  }

  /** Notes where a native channel is, to know it again when the channel was collected. */
  public void locate(int number, InetSocketAddress localEnd, InetSocketAddress remoteEnd) {
    descriptor = number;
    local = localEnd;
    remote = remoteEnd;
  }

  /** Of a native channel; -1 until it is located. */
  public int descriptor() {
    return descriptor;
  }

  /** Null when it is not known. */
  public InetSocketAddress local() {
    return local;
  }

  /** Null when it is not known, or not connected. */
  public InetSocketAddress remote() {
    return remote;
  }

  /** The kernel's state of a channel that never was connected is the same as of a dead one. */
  public boolean wasConnected() {
    return parent != null || remote != null;
  }

  /** As {@link CloseWaitRecord#stuck}. */
  public long stuck(boolean isStuck, long now) {
    if (!isStuck) {
      stuckSinceNanos = 0;
    } else if (stuckSinceNanos == 0) {
      stuckSinceNanos = now;
    }
    return stuckSinceNanos;
  }

  /** As {@link CloseWaitRecord#wasCollectedBefore}. */
  public boolean wasCollectedBefore() {
    boolean before = collectedSeen;
    collectedSeen = refersTo(null);
    return before;
  }
}
