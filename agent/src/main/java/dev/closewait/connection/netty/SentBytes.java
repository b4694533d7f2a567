package dev.closewait.connection.netty;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Asks the kernel by Netty's own native method when a connection has sent data last: the JDK has
 * none that returns more than the first four bytes of {@code TCP_INFO}.
 *
 * <p>{@code LinuxSocket.getTcpInfo(int, long[])} of epoll (4.1.118, 4.1.136, 4.2.18) and of
 * io_uring (4.2.18): one system call, private and static. The public {@code tcpInfo()} would load a
 * class of the application's class path. Remembered in the class, so that no loader is held.
 */
final class SentBytes extends ClassValue<SentBytes.Question> {
  private static final SentBytes QUESTIONS = new SentBytes();

  /** Places in the array, as {@code EpollTcpInfo} and {@code IoUringTcpInfo} read it. */
  private static final int PROBES = 3;

  private static final int UNACKNOWLEDGED = 12;
  private static final int LAST_SENT_MILLIS = 17;
  private static final int LENGTH = 32;

  private static final long NANOS_PER_MILLI = 1_000_000;

  private SentBytes() {}

  /** Its absence is remembered as well. */
  record Question(@Nullable MethodHandle tcpInfo) {}

  /** Null when it cannot be asked. */
  static @Nullable NettySending of(Class<?> channel, int descriptor) {
    MethodHandle tcpInfo = descriptor < 0 ? null : QUESTIONS.get(channel).tcpInfo();
    if (tcpInfo == null) {
      return null;
    }
    long[] told = new long[LENGTH];
    try {
      tcpInfo.invokeExact(descriptor, told);
    } catch (Throwable t) {
      // Not a descriptor any more.
      return null;
    }
    return new NettySending(
        told[LAST_SENT_MILLIS] * NANOS_PER_MILLI, told[UNACKNOWLEDGED], told[PROBES]);
  }

  @Override
  protected Question computeValue(Class<?> channel) {
    String name = channel.getName();
    NettyTypes types =
        new NettyTypes(name.substring(0, name.lastIndexOf('.')), channel.getClassLoader());
    Class<?> socket = types.loaded(".LinuxSocket");
    if (socket == null) {
      return new Question(null);
    }
    try {
      return new Question(
          MethodHandles.privateLookupIn(socket, MethodHandles.lookup())
              .findStatic(
                  socket,
                  "getTcpInfo",
                  MethodType.methodType(void.class, int.class, long[].class)));
    } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
      return new Question(null);
    }
  }
}
