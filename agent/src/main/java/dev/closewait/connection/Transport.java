package dev.closewait.connection;

/** The kind of handle that owns a connection; the names are those of the JSON report. */
public enum Transport {
  SOCKET,
  SOCKET_CHANNEL,
  ASYNC_CHANNEL,
  NETTY_NIO,
  NETTY_EPOLL,
  NETTY_IO_URING,
  NETTY_KQUEUE,
  UNKNOWN;

  /** True when no hook in the JDK sees its reads and writes. */
  public boolean isNative() {
    return this == NETTY_EPOLL || this == NETTY_IO_URING || this == NETTY_KQUEUE;
  }
}
