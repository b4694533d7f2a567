package java.net;

import java.lang.ref.WeakReference;

/**
 * How a connection or listening socket came to be; refers weakly to its handle (the {@code
 * SocketImpl} or channel), so that watching never keeps a socket alive.
 *
 * <p>Written before it is published in the table, but for the endpoints and for what the scanner
 * refines.
 */
public abstract class CloseWaitOrigin extends WeakReference<Object> {
  public static final byte ACCEPTED = 1;
  public static final byte CONNECTED = 2;
  public static final byte LISTENING = 3;
  public static final byte ADOPTED = 4;

  public static final byte SOCKET = 1;
  public static final byte SOCKET_CHANNEL = 2;
  public static final byte ASYNC_CHANNEL = 3;

  private final long id;
  private final int descriptor;
  private final byte kind;
  private final byte transport;
  private boolean openStackIsShared;
  private final long openedNanos;
  private final CloseWaitRecord listener;
  private final String openThreadName;
  private Object openStack;

  private Object local;
  private Object remote;
  private int localPort;
  private int remotePort;
  private CloseWaitNettyRecord channel;

  CloseWaitOrigin(
      Object handle, int descriptor, byte kind, byte transport, CloseWaitRecord listener, long id) {
    super(handle);
    this.id = id;
    this.descriptor = descriptor;
    this.kind = kind;
    this.transport = transport;
    this.listener = listener;
    this.openedNanos = System.nanoTime();
    this.openThreadName = Thread.currentThread().getName();
  }

  final void endpoints(Object local, int localPort, Object remote, int remotePort) {
    this.local = local;
    this.localPort = localPort;
    this.remote = remote;
    this.remotePort = remotePort;
  }

  /** What shares out the stack budget: the listening port, or the port connected to. */
  final int site() {
    return kind == CONNECTED ? remotePort : localPort;
  }

  final void openedAt(Object stack, boolean shared) {
    openStack = stack;
    openStackIsShared = shared;
  }

  /** Unique in this JVM, in the order of opening. */
  public final long id() {
    return id;
  }

  public final int descriptor() {
    return descriptor;
  }

  /** {@link #ACCEPTED}, {@link #CONNECTED}, {@link #LISTENING} or {@link #ADOPTED}. */
  public final byte kind() {
    return kind;
  }

  /** {@link #SOCKET}, {@link #SOCKET_CHANNEL} or {@link #ASYNC_CHANNEL}; 0 for an adopted one. */
  public final byte transport() {
    return transport;
  }

  /** On the clock of {@link System#nanoTime()}. */
  public final long openedNanos() {
    return openedNanos;
  }

  /**
   * The listening socket that accepted this; null for others, or when it was opened before the
   * agent watched.
   */
  public final CloseWaitRecord listener() {
    return listener;
  }

  /** Empty for most virtual threads. */
  public final String openThreadName() {
    return openThreadName;
  }

  /** A {@link Throwable} or {@code StackTraceElement[]}; null when the budget allowed none. */
  public final Object openStack() {
    return openStack;
  }

  /** True when {@link #openStack} is of another accept of the same listener and thread. */
  public final boolean openStackIsShared() {
    return openStackIsShared;
  }

  /**
   * An {@link InetSocketAddress}, an {@link InetAddress}, or null when the JDK does not keep it.
   */
  public final Object local() {
    return local;
  }

  /** An {@link InetSocketAddress}, an {@link InetAddress}, or null when it is not known. */
  public final Object remote() {
    return remote;
  }

  public final int localPort() {
    return localPort;
  }

  public final int remotePort() {
    return remotePort;
  }

  /** Replaces the stack of the opening by the scanner's interned copy. */
  public final void resolveOpenStack(StackTraceElement[] frames) {
    openStack = frames;
  }

  /** Called by the scanner, which finds out later. */
  final void channel(CloseWaitNettyRecord above) {
    channel = above;
  }

  /** The Netty channel that wraps this one; null when there is none, or it is not known yet. */
  public final CloseWaitNettyRecord channel() {
    return channel;
  }
}
