package java.net;

import java.io.FileDescriptor;
import java.nio.channels.AsynchronousChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.spi.AbstractSelectableChannel;
import jdk.internal.access.JavaIOFileDescriptorAccess;
import jdk.internal.access.SharedSecrets;
import jdk.internal.misc.Unsafe;
import sun.nio.ch.SelChImpl;

/**
 * The private state of the JDK's sockets and channels that the hooks read, by field offset: a plain
 * load each, and no method handle to set up while the JVM starts.
 *
 * <p>Fields read in OpenJDK 17.0.15 and 25.0.3. A field that is missing or of another type has the
 * offset -1 and is read as unknown; {@link #missing} names it.
 */
final class CloseWaitFields {
  private static final Unsafe UNSAFE = Unsafe.getUnsafe();
  private static final JavaIOFileDescriptorAccess DESCRIPTORS =
      SharedSecrets.getJavaIOFileDescriptorAccess();

  private static String missing;

  private static final long CHANNEL_LOCAL =
      offset("sun.nio.ch.SocketChannelImpl", "localAddress", SocketAddress.class);
  private static final long CHANNEL_REMOTE =
      offset("sun.nio.ch.SocketChannelImpl", "remoteAddress", SocketAddress.class);
  private static final long SERVER_LOCAL =
      offset("sun.nio.ch.ServerSocketChannelImpl", "localAddress", SocketAddress.class);
  private static final long KEYS =
      offset(AbstractSelectableChannel.class.getName(), "keys", SelectionKey[].class);
  private static final Class<?> VIRTUAL_THREAD = classOrNull("java.lang.VirtualThread");
  private static final long LAST_THREAD =
      UNSAFE.objectFieldOffset(CloseWaitRecord.class, "lastThread");
  private static final long LAST_USE_STACK =
      UNSAFE.objectFieldOffset(CloseWaitRecord.class, "lastUseStack");

  private CloseWaitFields() {}

  /** The first field that this JDK does not have; null when all are there. */
  static String missing() {
    return missing;
  }

  static int descriptor(FileDescriptor descriptor) {
    return descriptor == null ? -1 : DESCRIPTORS.get(descriptor);
  }

  static byte transportOf(Object handle) {
    if (handle instanceof SocketImpl) {
      return CloseWaitRecord.SOCKET;
    }
    return handle instanceof SelChImpl
        ? CloseWaitRecord.SOCKET_CHANNEL
        : CloseWaitRecord.ASYNC_CHANNEL;
  }

  /** The number of the handle's descriptor; -1 when it has none. */
  static int descriptorOf(Object handle) {
    if (handle instanceof SocketImpl) {
      return descriptor(((SocketImpl) handle).fd);
    }
    if (handle instanceof SelChImpl) {
      return ((SelChImpl) handle).getFDVal();
    }
    // A field read from anything else, or from null, would take the JVM down.
    return handle instanceof AsynchronousChannel
        ? descriptor((FileDescriptor) CloseWaitAsyncFields.descriptor(handle))
        : -1;
  }

  /** The descriptor itself, by which a socket from before an attach is known; null without one. */
  static Object fileDescriptorOf(Object handle) {
    if (handle instanceof SocketImpl) {
      return ((SocketImpl) handle).fd;
    }
    if (handle instanceof SelChImpl) {
      return ((SelChImpl) handle).getFD();
    }
    return handle instanceof AsynchronousChannel ? CloseWaitAsyncFields.descriptor(handle) : null;
  }

  /** False for Unix-domain sockets. */
  static boolean isInternet(Object handle) {
    if (handle instanceof SocketImpl || !(handle instanceof SelChImpl)) {
      return true;
    }
    long field = handle instanceof ServerSocketChannel ? SERVER_LOCAL : CHANNEL_REMOTE;
    return read(handle, field) instanceof InetSocketAddress;
  }

  /** The endpoints as the JDK keeps them: a {@code Socket} does not keep its local address. */
  static void copyEndpoints(Object handle, CloseWaitRecord entry) {
    if (handle instanceof SocketImpl) {
      SocketImpl impl = (SocketImpl) handle;
      boolean listening = entry.kind() == CloseWaitRecord.LISTENING;
      entry.endpoints(
          listening ? impl.address : null,
          impl.localport,
          listening ? null : impl.address,
          listening ? 0 : impl.port);
      return;
    }
    Object local;
    Object remote;
    if (handle instanceof ServerSocketChannel) {
      local = read(handle, SERVER_LOCAL);
      remote = null;
    } else if (handle instanceof SelChImpl) {
      local = read(handle, CHANNEL_LOCAL);
      remote = read(handle, CHANNEL_REMOTE);
    } else {
      local = CloseWaitAsyncFields.local(handle);
      remote = CloseWaitAsyncFields.remote(handle);
    }
    entry.endpoints(local, port(local), remote, port(remote));
  }

  private static int port(Object address) {
    return address instanceof InetSocketAddress ? ((InetSocketAddress) address).getPort() : 0;
  }

  /** May hold null elements; null when the channel was never registered. */
  static SelectionKey[] keys(AbstractSelectableChannel channel) {
    return (SelectionKey[]) read(channel, KEYS);
  }

  static void replaceLastThread(CloseWaitRecord entry, Object expected, Object replacement) {
    UNSAFE.compareAndSetReference(entry, LAST_THREAD, expected, replacement);
  }

  static void replaceLastUseStack(CloseWaitRecord entry, Object expected, Object replacement) {
    UNSAFE.compareAndSetReference(entry, LAST_USE_STACK, expected, replacement);
  }

  static FileDescriptor descriptorFor(int number) {
    FileDescriptor descriptor = new FileDescriptor();
    DESCRIPTORS.set(descriptor, number);
    return descriptor;
  }

  /** A plain comparison: {@code Thread.isVirtual()} is not in Java 17. */
  static boolean isVirtual(Thread thread) {
    return thread.getClass() == VIRTUAL_THREAD;
  }

  private static Class<?> classOrNull(String name) {
    try {
      return Class.forName(name, false, null);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  static Object read(Object owner, long offset) {
    return offset < 0 ? null : UNSAFE.getReferenceAcquire(owner, offset);
  }

  static long offset(String className, String field, Class<?> type) {
    try {
      Class<?> owner = Class.forName(className, false, null);
      if (owner.getDeclaredField(field).getType() == type) {
        return UNSAFE.objectFieldOffset(owner, field);
      }
    } catch (ReflectiveOperationException | LinkageError e) {
      // Another JDK: said in the agent's health, and the endpoints are asked from the kernel.
    }
    missing = missing == null ? className.concat(".").concat(field) : missing;
    return -1;
  }
}
