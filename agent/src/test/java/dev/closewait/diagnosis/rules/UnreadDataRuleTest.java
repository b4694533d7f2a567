package dev.closewait.diagnosis.rules;

import static dev.closewait.diagnosis.Observed.READ_STACK;
import static dev.closewait.diagnosis.Observed.event;
import static dev.closewait.diagnosis.Observed.frame;
import static dev.closewait.diagnosis.Observed.stack;
import static dev.closewait.diagnosis.rules.Proof.REGISTERED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.connection.ThreadEnd;
import dev.closewait.diagnosis.ApplicationFrames;
import dev.closewait.diagnosis.Observed;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.ThreadLook;
import dev.closewait.diagnosis.thread.CpuUse;
import dev.closewait.diagnosis.thread.LockChain;
import java.lang.ref.WeakReference;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where the thread that used to read is, when the peer's last bytes are unread. */
class UnreadDataRuleTest {
  private static final List<StackTraceElement> POOL =
      stack(
          frame("jdk.internal.misc.Unsafe", "park", -2),
          frame("java.util.concurrent.ThreadPoolExecutor", "getTask", 1062),
          frame("java.lang.Thread", "run", 840));

  private static final List<StackTraceElement> SELECT =
      stack(
          frame("sun.nio.ch.EPoll", "wait", -2),
          frame("sun.nio.ch.EPollSelectorImpl", "doSelect", 9),
          frame("com.acme.Loop", "run", 4));

  private final Observed observed = new Observed();

  UnreadDataRuleTest() {
    observed.receiveQueueBytes = 9;
  }

  @Test
  void saysThatTheThreadIsGone() {
    assertThat(reason()).contains("the 8 bytes that its peer sent last").contains("is gone.");
  }

  @Test
  void saysWhatHasEndedTheThread() {
    observed.lastUserEnd =
        new ThreadEnd("worker-1", false, "java.lang.OutOfMemoryError: heap", READ_STACK);
    assertThat(reason()).endsWith("worker-1 was ended by java.lang.OutOfMemoryError: heap.");
  }

  @Test
  void saysThatTheThreadWaitsForWorkAfterAnotherConnection() {
    standsAt(POOL);
    observed.movedOn = true;
    observed.servesAnother = true;
    assertThat(reason()).contains("worker-1 has served another connection since and ");
  }

  @Test
  void countsOneByteAsOne() {
    observed.receiveQueueBytes = 2;
    assertThat(reason()).contains("nobody reads the 1 byte that its peer sent last");
  }

  @Test
  void saysThatTheThreadServesAnotherConnection() {
    standsAt(READ_STACK);
    observed.movedOn = true;
    observed.servesAnother = true;
    assertThat(reason()).endsWith("worker-1 serves another connection since.");
  }

  /** It may ask its database for this client's sake, and read on then. */
  @Test
  void doesNotHoldWhereTheOtherConnectionMayBeUsedForThisOne() {
    standsAt(READ_STACK);
    observed.movedOn = true;
    assertThat(judge()).isNull();
  }

  @Test
  void saysThatTheThreadHasLeftTheCall() {
    standsAt(POOL);
    assertThat(reason()).endsWith("worker-1 has left the call that used it.");
  }

  @Test
  void saysThatTheThreadHasLeftTheCodeOfLibrary() {
    observed.lastUse =
        event(
            stack(
                frame("sun.nio.ch.SocketChannelImpl", "read", 411),
                frame("sun.net.httpserver.Request$ReadStream", "read", 318),
                frame("java.util.concurrent.ThreadPoolExecutor", "runWorker", 1136)));
    standsAt(POOL);
    assertThat(reason()).endsWith("worker-1 has left the call that used it.");
  }

  @Test
  void doesNotHoldWhileTheThreadIsStillInTheCall() {
    standsAt(READ_STACK);
    assertThat(judge()).isNull();
  }

  @Test
  void doesNotHoldWhereTheCallOfTheLastUseIsNotKnown() {
    standsAt(POOL);
    observed.lastUseStackIsOlder = true;
    assertThat(judge()).isNull();
  }

  @Test
  void doesNotHoldWhereTheThreadWasNotLookedAt() {
    observed.lastUser = new WeakReference<>(Thread.currentThread());
    assertThat(judge()).isNull();
  }

  /** Its loop is told of the data each time: that it serves others is no absence. */
  @Test
  void saysThatTheLoopGoesOnAndLeavesTheData() {
    servesSelector(Thread.State.TIMED_WAITING, 0, 0, READ_STACK);
    observed.movedOn = true;
    observed.servesAnother = true;
    assertThat(reason())
        .contains("it is registered for OP_READ and its selector's thread goes on")
        .contains("the 8 bytes that its peer sent last stay unread")
        .doesNotContain("nobody reads");
    assertThat(judge().fix()).contains("full buffer");
    assertThat(judge().evidence().get(1).fact())
        .startsWith("worker-1, the only live thread that was seen to use channels of its selector");
  }

  @Test
  void saysSoOfLoopThatCameToItsSelectorAgain() {
    servesSelector(Thread.State.RUNNABLE, 3, 5, SELECT);
    assertThat(reason()).contains("its selector's thread goes on");
  }

  @Test
  void saysNothingOfLoopThatMayNotGoOn() {
    servesSelector(Thread.State.RUNNABLE, 0, 5, SELECT);
    observed.servesAnother = true;
    assertThat(judge()).isNull();
    servesSelector(Thread.State.WAITING, 0, 5, READ_STACK);
    assertThat(judge()).isNull();
    servesSelector(Thread.State.WAITING, 0, 0, POOL);
    assertThat(judge()).isNull();
  }

  /** Any of the threads may be called for it by its selector. */
  @Test
  void doesNotHoldWhereSeveralThreadsUseTheChannelsOfItsSelector() {
    standsAt(POOL);
    observed.registration = REGISTERED;
    observed.servesAnother = true;
    assertThat(judge()).isNull();
  }

  private void servesSelector(
      Thread.State state, int percent, long standing, List<StackTraceElement> stack) {
    standsAt(stack);
    observed.registration = REGISTERED;
    CpuUse cpu = new CpuUse(9, percent, 9, -1);
    observed.loop =
        new ThreadLook("worker-1", state, stack, 1, standing, stack, cpu, LockChain.NONE);
    observed.look = observed.loop;
  }

  @Test
  void takesTheGoodbyeOfTlsForNoRequest() {
    observed.lastUse =
        event(
            stack(
                frame("sun.security.ssl.SSLSocketInputRecord", "read", 484),
                frame("com.acme.Orders", "read", 57)));
    assertThat(judge()).isNull();
    observed.receiveQueueBytes = 82;
    assertThat(judge()).isNotNull();
  }

  private void standsAt(List<StackTraceElement> stack) {
    observed.lastUser = new WeakReference<>(Thread.currentThread());
    observed.look = new ThreadLook("worker-1", Thread.State.WAITING, stack, 1, 0);
  }

  private String reason() {
    Ruling ruling = judge();
    assertThat(ruling).isNotNull();
    return ruling.reason();
  }

  private @Nullable Ruling judge() {
    return new UnreadDataRule(ApplicationFrames.of(List.of())).judge(observed.suspicion());
  }
}
