package java.net;

import java.io.FileDescriptor;
import java.nio.channels.AsynchronousServerSocketChannel;

/**
 * The private state of asynchronous channels, apart from {@link CloseWaitFields} so that their
 * classes are not loaded in the many programs that never use them.
 */
final class CloseWaitAsyncFields {
  private static final String CHANNEL = "sun.nio.ch.AsynchronousSocketChannelImpl";
  private static final String SERVER = "sun.nio.ch.AsynchronousServerSocketChannelImpl";

  private static final long DESCRIPTOR =
      CloseWaitFields.offset(CHANNEL, "fd", FileDescriptor.class);
  private static final long LOCAL =
      CloseWaitFields.offset(CHANNEL, "localAddress", InetSocketAddress.class);
  private static final long REMOTE =
      CloseWaitFields.offset(CHANNEL, "remoteAddress", InetSocketAddress.class);
  private static final long SERVER_DESCRIPTOR =
      CloseWaitFields.offset(SERVER, "fd", FileDescriptor.class);
  private static final long SERVER_LOCAL =
      CloseWaitFields.offset(SERVER, "localAddress", InetSocketAddress.class);

  private CloseWaitAsyncFields() {}

  static Object descriptor(Object handle) {
    return CloseWaitFields.read(handle, isServer(handle) ? SERVER_DESCRIPTOR : DESCRIPTOR);
  }

  static Object local(Object handle) {
    return CloseWaitFields.read(handle, isServer(handle) ? SERVER_LOCAL : LOCAL);
  }

  /** Null for a listening socket. */
  static Object remote(Object handle) {
    return isServer(handle) ? null : CloseWaitFields.read(handle, REMOTE);
  }

  private static boolean isServer(Object handle) {
    return handle instanceof AsynchronousServerSocketChannel;
  }
}
