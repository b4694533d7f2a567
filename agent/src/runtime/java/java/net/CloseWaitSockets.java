package java.net;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.channels.SelectionKey;
import java.nio.channels.spi.AbstractSelectableChannel;
import sun.nio.ch.Net;

/**
 * What can be asked of one descriptor or channel without a new descriptor and without a lock; only
 * the scanner calls it.
 *
 * <p>Signatures read in OpenJDK 17.0.15 and 25.0.3 ({@code sun.nio.ch.Net}).
 */
public final class CloseWaitSockets {
  /** include/uapi/linux/in.h. */
  private static final int IPPROTO_TCP = 6;

  /** include/uapi/linux/tcp.h; the first byte of {@code struct tcp_info} is the state. */
  private static final int TCP_INFO = 11;

  private static final int UNKNOWN = -1;

  private static final boolean LINUX = "Linux".equals(System.getProperty("os.name"));

  private static final MethodHandle INT_OPTION =
      find(
          "getIntOption0",
          MethodType.methodType(
              int.class, FileDescriptor.class, boolean.class, int.class, int.class));
  private static final MethodHandle REMOTE_ADDRESS =
      find("remoteAddress", MethodType.methodType(InetSocketAddress.class, FileDescriptor.class));
  private static final MethodHandle AVAILABLE =
      find("available", MethodType.methodType(int.class, FileDescriptor.class));
  private static final MethodHandle POLL =
      find("poll", MethodType.methodType(int.class, FileDescriptor.class, int.class, long.class));

  private CloseWaitSockets() {}

  /** Initialises this class, but none of the JDK's network classes, while there is heap for it. */
  public static void prepare() {}

  /**
   * The kernel's state of a TCP socket (include/net/tcp_states.h); negative when it cannot be told:
   * not a TCP socket, a closed descriptor, or not Linux. The caller checks afterwards that the
   * descriptor still belongs to the same record.
   */
  public static int tcpState(int descriptor) {
    if (INT_OPTION == null || !LINUX) {
      return UNKNOWN;
    }
    try {
      FileDescriptor fd = CloseWaitFields.descriptorFor(descriptor);
      return (int) INT_OPTION.invokeExact(fd, false, IPPROTO_TCP, TCP_INFO) & 0xff;
    } catch (Throwable t) {
      return UNKNOWN;
    }
  }

  /** True when a listening socket has a connection to accept; false also when it cannot be told. */
  public static boolean hasWaiting(int descriptor) {
    if (POLL == null) {
      return false;
    }
    try {
      FileDescriptor fd = CloseWaitFields.descriptorFor(descriptor);
      return (int) POLL.invokeExact(fd, (int) Net.POLLIN, 0L) > 0;
    } catch (Throwable t) {
      return false;
    }
  }

  /**
   * Bytes that were received and not read, without the FIN; 0 when it cannot be told. Never waits:
   * {@code FIONREAD} ({@code Net.c}, OpenJDK 17 and 25).
   */
  public static int unreadBytes(int descriptor) {
    if (AVAILABLE == null) {
      return 0;
    }
    try {
      return (int) AVAILABLE.invokeExact(CloseWaitFields.descriptorFor(descriptor));
    } catch (Throwable t) {
      return 0;
    }
  }

  /** The local end as the kernel has it; null when it cannot be told. */
  public static InetSocketAddress localAddress(int descriptor) {
    try {
      return Net.localAddress(CloseWaitFields.descriptorFor(descriptor));
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  /**
   * The remote end as the kernel has it; null when it cannot be told, also after the connection has
   * ended.
   */
  public static InetSocketAddress remoteAddress(int descriptor) {
    if (REMOTE_ADDRESS == null) {
      return null;
    }
    try {
      FileDescriptor fd = CloseWaitFields.descriptorFor(descriptor);
      return (InetSocketAddress) REMOTE_ADDRESS.invokeExact(fd);
    } catch (Throwable t) {
      return null;
    }
  }

  /** True when the handle is a channel that a selector can serve. */
  public static boolean isSelectable(Object handle) {
    return handle instanceof AbstractSelectableChannel;
  }

  public static boolean isBlocking(Object handle) {
    return ((AbstractSelectableChannel) handle).isBlocking();
  }

  /**
   * The keys of a channel, read without its lock: a thread of the application may hold that for
   * ever. May hold null elements and cancelled keys.
   */
  public static SelectionKey[] keys(Object handle) {
    SelectionKey[] keys = CloseWaitFields.keys((AbstractSelectableChannel) handle);
    return keys == null ? new SelectionKey[0] : keys.clone();
  }

  private static MethodHandle find(String name, MethodType type) {
    try {
      return MethodHandles.privateLookupIn(Net.class, MethodHandles.lookup())
          .findStatic(Net.class, name, type);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }
}
