package dev.closewait.diagnosis.thread;

import static dev.closewait.diagnosis.Observed.frame;
import static dev.closewait.diagnosis.Observed.stack;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Stacks as OpenJDK 17 and 25 show them. */
class ActivityTest {
  private static final int NATIVE = -2;
  private static final StackTraceElement HANDLE = frame("com.acme.Orders", "handle", 31);
  private static final StackTraceElement POLL = frame("sun.nio.ch.Net", "poll", NATIVE);
  private static final StackTraceElement PARK = frame("jdk.internal.misc.Unsafe", "park", NATIVE);
  private static final StackTraceElement SUPPORT =
      frame("java.util.concurrent.locks.LockSupport", "park", 221);

  static Stream<Arguments> looks() {
    return Stream.of(
        look(
            Activity.READS,
            Thread.State.RUNNABLE,
            POLL,
            frame("sun.nio.ch.NioSocketImpl", "park", 186),
            frame("sun.nio.ch.NioSocketImpl", "implRead", 314),
            HANDLE),
        look(
            Activity.READS,
            Thread.State.WAITING,
            frame("java.lang.VirtualThread", "park", 722),
            frame("java.lang.System$1", "parkVirtualThread", 2315),
            SUPPORT,
            frame("sun.nio.ch.Poller", "poll", 196),
            frame("sun.nio.ch.NioSocketImpl", "park", 174),
            frame("sun.nio.ch.NioSocketImpl", "implRead", 314),
            HANDLE),
        look(
            Activity.WRITES,
            Thread.State.RUNNABLE,
            POLL,
            frame("sun.nio.ch.SocketChannelImpl", "park", 9),
            frame("sun.nio.ch.SocketChannelImpl", "blockingWriteFully", 9),
            HANDLE),
        look(
            Activity.CONNECTS,
            Thread.State.RUNNABLE,
            frame("sun.nio.ch.Net", "pollConnect", NATIVE),
            HANDLE),
        look(
            Activity.ACCEPTS,
            Thread.State.RUNNABLE,
            POLL,
            frame("sun.nio.ch.NioSocketImpl", "park", 186),
            frame("sun.nio.ch.NioSocketImpl", "accept", 760),
            HANDLE),
        look(
            Activity.SELECTS,
            Thread.State.RUNNABLE,
            frame("sun.nio.ch.EPoll", "wait", NATIVE),
            frame("sun.nio.ch.EPollSelectorImpl", "doSelect", 118),
            HANDLE),
        look(
            Activity.SLEEPS,
            Thread.State.TIMED_WAITING,
            frame("java.lang.Thread", "sleepNanos0", NATIVE),
            frame("java.lang.Thread", "sleep", 509),
            HANDLE),
        look(
            Activity.WAITS,
            Thread.State.WAITING,
            PARK,
            SUPPORT,
            frame("java.util.concurrent.locks.AbstractQueuedSynchronizer", "acquire", 790),
            frame("sun.nio.ch.SocketChannelImpl", "read", 410),
            HANDLE),
        look(Activity.BLOCKED, Thread.State.BLOCKED, HANDLE),
        look(
            Activity.IN_NATIVE_CODE,
            Thread.State.RUNNABLE,
            frame("java.io.FileInputStream", "readBytes", NATIVE),
            HANDLE),
        look(Activity.RUNS, Thread.State.RUNNABLE, HANDLE),
        look(
            Activity.RUNS,
            Thread.State.RUNNABLE,
            frame("java.util.HashMap", "getNode", 570),
            frame("sun.nio.ch.SocketChannelImpl", "read", 410),
            HANDLE),
        look(Activity.ENDED, Thread.State.TERMINATED));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("looks")
  void tellsWhatTheThreadDoes(
      Activity activity, Thread.State state, List<StackTraceElement> stack) {
    assertThat(Activity.of(state, stack)).isEqualTo(activity);
  }

  private static Arguments look(Activity activity, Thread.State state, StackTraceElement... stack) {
    return Arguments.of(activity, state, stack(stack));
  }
}
