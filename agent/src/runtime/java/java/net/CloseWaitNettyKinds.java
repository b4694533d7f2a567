package java.net;

/**
 * Tells by its supertypes what a channel class is: a connection or listening socket over TCP, and
 * of which transport. Once for each class; remembered in the class itself, so that no loader is
 * held.
 *
 * <p>Names end alike in every copy of Netty, whatever package it was moved to. Embedded, local,
 * datagram, QUIC, domain-socket and failed channels are none of these; nor are the blocking ones of
 * 4.1, whose {@code Socket} says all.
 */
public final class CloseWaitNettyKinds extends ClassValue<Integer> {
  public static final int NIO = 1;
  public static final int EPOLL = 2;
  public static final int IO_URING = 3;
  public static final int KQUEUE = 4;
  public static final int OTHER = 5;

  static final int NONE = 0;

  private static final CloseWaitNettyKinds KINDS = new CloseWaitNettyKinds();
  private static final int LISTENER = 8;

  private CloseWaitNettyKinds() {}

  /** {@link #NONE} when the channel is not to be recorded. */
  static int of(Object channel) {
    return KINDS.get(channel.getClass());
  }

  static boolean isListener(int kind) {
    return (kind & LISTENER) != 0;
  }

  static int transport(int kind) {
    return kind & ~LISTENER;
  }

  static boolean isNative(int kind) {
    return transport(kind) != NIO;
  }

  @Override
  protected Integer computeValue(Class<?> type) {
    boolean listener = isA(type, ".channel.socket.ServerSocketChannel");
    if (!listener && !isA(type, ".channel.socket.SocketChannel")) {
      return NONE;
    }
    int transport = transport(type);
    return transport == NONE || !listener ? transport : transport | LISTENER;
  }

  private static int transport(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      String name = c.getName();
      if (name.endsWith(".channel.nio.AbstractNioChannel")) {
        return NIO;
      }
      if (name.contains(".channel.epoll.Abstract")) {
        return EPOLL;
      }
      if (name.contains(".channel.uring.Abstract")) {
        return IO_URING;
      }
      if (name.contains(".channel.kqueue.Abstract")) {
        return KQUEUE;
      }
      if (name.contains(".channel.oio.Abstract")) {
        return NONE;
      }
    }
    return OTHER;
  }

  private static boolean isA(Class<?> type, String suffix) {
    if (type == null) {
      return false;
    }
    for (Class<?> implemented : type.getInterfaces()) {
      if (implemented.getName().endsWith(suffix) || isA(implemented, suffix)) {
        return true;
      }
    }
    return isA(type.getSuperclass(), suffix);
  }
}
