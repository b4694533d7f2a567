package dev.closewait.diagnosis.rules;

import static dev.closewait.diagnosis.Observed.SECOND;
import static dev.closewait.diagnosis.Observed.frame;
import static dev.closewait.diagnosis.Observed.stack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.diagnosis.ApplicationFrames;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.Observed;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.ThreadLook;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The worker read in {@code Orders.handle}, line 31, called in the loop of {@code Server.work}. */
class ThreadStuckRuleTest {
  private static final long THRESHOLD = 10 * SECOND;
  private static final long WAITS = 5;
  private static final long NOT_TOLD = -1;

  private static final StackTraceElement PARK = frame("jdk.internal.misc.Unsafe", "park", -2);
  private static final StackTraceElement READ = frame("java.net.Socket", "read", 100);
  private static final StackTraceElement WORK = frame("com.acme.Server", "work", 20);
  private static final StackTraceElement RUN = frame("java.lang.Thread", "run", 840);
  private static final List<StackTraceElement> USE = stack(READ, handle(31), WORK, RUN);
  private static final List<StackTraceElement> NOW = stack(PARK, handle(35), WORK, RUN);

  private final ThreadStuckRule rule =
      new ThreadStuckRule(ApplicationFrames.of(List.of()), THRESHOLD);

  static Stream<Arguments> sameCalls() {
    return Stream.of(
        Arguments.of("further down in the same method", USE, NOW),
        Arguments.of(
            "in a method that it calls further down",
            USE,
            stack(PARK, frame("com.acme.Disk", "write", 9), handle(35), WORK, RUN)),
        Arguments.of(
            "read in a method of its own, stands in the caller",
            stack(READ, frame("com.acme.Disk", "fill", 3), handle(31), WORK, RUN),
            stack(PARK, frame("com.acme.Disk", "fill", 8), handle(31), WORK, RUN)),
        Arguments.of(
            "in the call whose argument was read",
            USE,
            stack(PARK, frame("com.acme.Orders", "book", 70), handle(31), WORK, RUN)),
        Arguments.of(
            "in a call of the JDK whose argument was read",
            USE,
            stack(
                PARK,
                frame("java.util.concurrent.ArrayBlockingQueue", "put", 9),
                handle(31),
                WORK,
                RUN)),
        Arguments.of(
            "below a frame whose class another agent has changed",
            USE,
            stack(PARK, handle(35), WORK, frame("java.lang.Thread", "run", -1))),
        Arguments.of(
            "a framework read, and the same call of it goes on in the application",
            stack(READ, http(50), RUN),
            stack(PARK, handle(35), http(60), RUN)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sameCalls")
  void holdsWhereTheCallGoesOn(
      String name, List<StackTraceElement> use, List<StackTraceElement> now) {
    Ruling ruling = judge(use, now);
    assertThat(ruling).isNotNull();
    assertThat(ruling.cause()).isEqualTo(Cause.THREAD_STUCK);
    assertThat(ruling.blamed()).containsExactly(now);
  }

  static Stream<Arguments> otherCalls() {
    return Stream.of(
        Arguments.of("the loop has turned", USE, stack(PARK, handle(30), WORK, RUN)),
        Arguments.of(
            "the method has returned to the loop around it",
            USE,
            stack(PARK, frame("com.acme.Server", "work", 24), RUN)),
        Arguments.of(
            "the next turn of the loop calls from another line",
            USE,
            stack(PARK, handle(35), frame("com.acme.Server", "work", 22), RUN)),
        Arguments.of(
            "another method is called from the same line",
            USE,
            stack(PARK, frame("com.acme.Orders", "store", 70), WORK, RUN)),
        Arguments.of(
            "a method that only helped to read has returned",
            stack(READ, frame("com.acme.Orders", "fill", 3), handle(31), WORK, RUN),
            stack(PARK, handle(31), WORK, RUN)),
        Arguments.of(
            "it reads again, in another call of the JDK",
            USE,
            stack(PARK, frame("java.io.InputStream", "skip", 9), handle(31), WORK, RUN)),
        Arguments.of("the thread waits in its pool", USE, stack(PARK, http(70), RUN)),
        Arguments.of(
            "nobody of the application stands there",
            stack(READ, http(50), RUN),
            stack(PARK, http(60), RUN)),
        Arguments.of("no stack of the use was taken", List.of(), NOW),
        Arguments.of("the thread has no frames", USE, List.of()),
        Arguments.of("nothing has moved", USE, USE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("otherCalls")
  void doesNotHoldWhere(String name, List<StackTraceElement> use, List<StackTraceElement> now) {
    assertThat(judge(use, now)).isNull();
  }

  @Test
  void doesNotHoldBeforeTheThreadHasStoodForHalfTheThreshold() {
    assertThat(judge(look(Thread.State.WAITING, WAITS, THRESHOLD / 2 - 1))).isNull();
    assertThat(judge(look(Thread.State.WAITING, WAITS, THRESHOLD / 2))).isNotNull();
  }

  @Test
  void doesNotHoldForThreadThatRuns() {
    ThreadLook runs =
        new ThreadLook(
            "worker-1", Thread.State.RUNNABLE, stack(handle(35), WORK, RUN), WAITS, THRESHOLD);
    assertThat(judge(runs)).isNull();
  }

  /** The JVM calls a thread runnable also while the kernel lets it wait, for a disk say. */
  @Test
  void holdsForThreadThatStandsInNativeMethod() {
    assertThat(judge(look(Thread.State.RUNNABLE, WAITS, THRESHOLD))).isNotNull();
  }

  @Test
  void holdsForThreadThatIsBlocked() {
    assertThat(judge(look(Thread.State.BLOCKED, WAITS, THRESHOLD))).isNotNull();
  }

  @Test
  void holdsForThreadThatSleepsForLong() {
    assertThat(judge(look(Thread.State.TIMED_WAITING, WAITS, THRESHOLD))).isNotNull();
  }

  @Test
  void holdsForVirtualThreadThatWaitsWithoutLimit() {
    assertThat(judge(look(Thread.State.WAITING, NOT_TOLD, THRESHOLD))).isNotNull();
  }

  @Test
  void doesNotHoldWithoutThread() {
    assertThat(rule.judge(used(USE).suspicion())).isNull();
  }

  @Test
  void doesNotHoldForThreadThatHasUsedAnotherConnectionSince() {
    Observed observed = used(USE);
    observed.look = look(Thread.State.WAITING, WAITS, THRESHOLD);
    observed.movedOn = true;
    assertThat(rule.judge(observed.suspicion())).isNull();
  }

  @Test
  void doesNotHoldForConnectionThatWasNeverUsed() {
    Observed observed = new Observed().neverRead();
    observed.look = look(Thread.State.WAITING, WAITS, THRESHOLD);
    assertThat(rule.judge(observed.suspicion())).isNull();
  }

  @Test
  void comparesWithTheEndOfStreamWhereThatWasRead() {
    Observed observed = used(stack(READ, frame("com.acme.Elsewhere", "run", 1), RUN));
    observed.eof = Observed.event(USE);
    observed.look = look(Thread.State.WAITING, WAITS, THRESHOLD);
    Ruling ruling = rule.judge(observed.suspicion());
    assertThat(ruling).isNotNull();
    assertThat(ruling.evidence())
        .extracting(Evidence::fact)
        .anyMatch(fact -> fact.startsWith("read returned -1"));
  }

  private @Nullable Ruling judge(List<StackTraceElement> use, List<StackTraceElement> now) {
    Observed observed = used(use);
    observed.look = new ThreadLook("worker-1", Thread.State.WAITING, now, WAITS, THRESHOLD);
    return rule.judge(observed.suspicion());
  }

  private @Nullable Ruling judge(ThreadLook look) {
    Observed observed = used(USE);
    observed.look = look;
    return rule.judge(observed.suspicion());
  }

  private static ThreadLook look(Thread.State state, long waits, long standingNanos) {
    return new ThreadLook("worker-1", state, NOW, waits, standingNanos);
  }

  private static Observed used(List<StackTraceElement> use) {
    Observed observed = new Observed();
    observed.lastUse = Observed.event(use);
    return observed;
  }

  private static StackTraceElement handle(int line) {
    return frame("com.acme.Orders", "handle", line);
  }

  private static StackTraceElement http(int line) {
    return frame("org.apache.coyote.Http", "serve", line);
  }
}
