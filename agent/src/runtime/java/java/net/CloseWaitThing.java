package java.net;

import java.lang.ref.WeakReference;

/**
 * An object of a client library that a connection belongs to: its wrapper, the entry of a pool, the
 * pool, the client; and what was done with it.
 *
 * <p>Refers to the object weakly. Written with plain stores by application threads, as a {@link
 * CloseWaitRecord} is.
 */
public final class CloseWaitThing extends WeakReference<Object> {
  final int hash;

  /** Set before the thing is published, then by the scanner only. */
  CloseWaitThing next;

  private final long id;
  private CloseWaitThing whole;
  private int row = -1;
  private CloseWaitEvent made;
  private CloseWaitEvent closed;
  private CloseWaitEvent leased;
  private CloseWaitEvent released;
  private int leases;
  private CloseWaitThread holder;

  CloseWaitThing(Object object, int hash, long id) {
    super(object);
    this.hash = hash;
    this.id = id;
  }

  void belongsTo(CloseWaitThing owner) {
    if (owner != this && whole != owner) {
      whole = owner;
    }
  }

  void made(CloseWaitEvent event, int signature) {
    made = event;
    row = signature;
  }

  void closed(CloseWaitEvent event) {
    closed = event;
  }

  void leased(CloseWaitEvent event, int signature, CloseWaitThread thread) {
    leases = leases + 1;
    holder = thread;
    row = signature;
    leased = event;
    released = null;
    closed = null;
  }

  void pooled(CloseWaitEvent event, int signature) {
    row = signature;
    leased = null;
    released = event;
  }

  void released(CloseWaitEvent event) {
    released = event;
  }

  void heldBy(CloseWaitThread thread) {
    holder = thread;
  }

  /** A connection is often leased by the thread that had it before: that allocates nothing. */
  CloseWaitThread current() {
    Thread current = Thread.currentThread();
    CloseWaitThread last = holder;
    return last != null && last.refersTo(current) ? last : new CloseWaitThread(current);
  }

  boolean isLeased() {
    return leased != null && released == null;
  }

  /** Unique in this JVM. */
  public long id() {
    return id;
  }

  /** What it belongs to: the entry of a connection, the pool of an entry; null when not known. */
  public CloseWaitThing whole() {
    return whole;
  }

  /** The number of the signature that told of it last; -1 before. */
  public int row() {
    return row;
  }

  /** When and where it was constructed; null when that was not seen. */
  public CloseWaitEvent made() {
    return made;
  }

  /** When and where it was closed; null before, and after it was leased again. */
  public CloseWaitEvent closed() {
    return closed;
  }

  /** The last time that it was handed out; null before. */
  public CloseWaitEvent leased() {
    return leased;
  }

  /** When it was given back after {@link #leased}, or put in its pool without one; null before. */
  public CloseWaitEvent released() {
    return released;
  }

  /** The thread of the application's call that it was handed out to last; null before. */
  public CloseWaitThread holder() {
    return holder;
  }

  /** How often it was handed out; wraps around after 2^32. */
  public int leases() {
    return leases;
  }
}
