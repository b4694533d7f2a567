package dev.closewait.diagnosis.rules;

import static dev.closewait.diagnosis.Observed.SECOND;
import static dev.closewait.diagnosis.Observed.frame;
import static dev.closewait.diagnosis.Observed.stack;
import static dev.closewait.diagnosis.rules.Proof.REGISTERED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.connection.AwaitedObject.Kind;
import dev.closewait.connection.Registration;
import dev.closewait.diagnosis.ApplicationFrames;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.Observed;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.Ruling.Certainty;
import dev.closewait.diagnosis.ThreadLook;
import dev.closewait.diagnosis.thread.CpuUse;
import dev.closewait.diagnosis.thread.LockChain;
import dev.closewait.diagnosis.thread.ThreadAccount;
import dev.closewait.diagnosis.thread.ThreadAccount.Awaited;
import dev.closewait.kernel.TcpState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The worker read in {@code Orders.handle} and does something else further down in it. */
class ThreadActivityTest {
  private static final long THRESHOLD = 10 * SECOND;
  private static final StackTraceElement RUN = frame("java.lang.Thread", "run", 840);
  private static final StackTraceElement HANDLE = frame("com.acme.Orders", "handle", 35);
  private static final StackTraceElement PARK = frame("jdk.internal.misc.Unsafe", "park", -2);
  private static final StackTraceElement SLEEP = frame("java.lang.Thread", "sleep", 500);
  private static final StackTraceElement FLUSH = frame("com.acme.Audit", "flush", 80);
  private static final String SHORTAGE = "9 threads are runnable for 2 cores";

  private final ThreadStuckRule rule =
      new ThreadStuckRule(ApplicationFrames.of(List.of()), THRESHOLD);
  private final Observed observed = new Observed();

  ThreadActivityTest() {
    observed.lastUse =
        Observed.event(
            stack(
                frame("java.net.Socket", "read", 100),
                frame("com.acme.Orders", "handle", 31),
                RUN));
  }

  @Test
  void readOfAnotherConnectionIsWaitedFor() {
    observed.look = look(Thread.State.RUNNABLE, CpuUse.UNKNOWN, LockChain.NONE, reading());
    assertThat(judge().reason()).contains("waits for data from another connection");
  }

  /** It may be this one that it reads. */
  @Test
  void readIsNoProofWhileThePeerHasNotClosed() {
    observed.look = look(Thread.State.RUNNABLE, CpuUse.UNKNOWN, LockChain.NONE, reading());
    observed.state = TcpState.ESTABLISHED;
    assertThat(rule.judge(observed.suspicion())).isNull();
  }

  @Test
  void writeMayWaitForThisConnection() {
    observed.look =
        look(
            Thread.State.RUNNABLE,
            CpuUse.UNKNOWN,
            LockChain.NONE,
            frame("sun.nio.ch.Net", "poll", -2),
            frame("sun.nio.ch.NioSocketImpl", "implWrite", 9));
    assertThat(rule.judge(observed.suspicion())).isNull();
  }

  @Test
  void threadThatUsesWholeCoreSpins() {
    observed.look = look(Thread.State.RUNNABLE, new CpuUse(9, 99, 0, 98), LockChain.NONE);
    Ruling ruling = judge();
    assertThat(ruling.reason()).contains("worker-1, spins, with 98% of a core, in %s");
    assertThat(ruling.certainty()).isEqualTo(Certainty.BY_AGE);
  }

  @Test
  void threadThatRunsNowAndThenIsNotStuck() {
    observed.look = look(Thread.State.RUNNABLE, new CpuUse(9, 99, 0, 40), LockChain.NONE);
    assertThat(rule.judge(observed.suspicion())).isNull();
  }

  @Test
  void starvedThreadIsLate() {
    observed.look = look(Thread.State.RUNNABLE, new CpuUse(9, 47, 0, 60), LockChain.NONE);
    observed.cpuShortage = SHORTAGE;
    Ruling ruling = judge();
    assertThat(ruling.certainty()).isEqualTo(Certainty.HARMLESS);
    assertThat(ruling.reason()).contains("late, not missing");
    assertThat(facts(ruling))
        .contains("worker-1 runs and got 47% of a core since the last scan: " + SHORTAGE);
  }

  /** It was caught in a native method, as any that computes may be. */
  @Test
  void starvedThreadIsLateInNativeCodeToo() {
    StackTraceElement deflate = frame("java.util.zip.Deflater", "deflateBytesBytes", -2);
    observed.look = look(Thread.State.RUNNABLE, new CpuUse(9, 5, 0, 5), LockChain.NONE, deflate);
    observed.cpuShortage = SHORTAGE;
    assertThat(judge().certainty()).isEqualTo(Certainty.HARMLESS);
  }

  @Test
  void threadThatWaitsInNativeCodeIsNotStarved() {
    StackTraceElement read = frame("java.io.FileInputStream", "readBytes", -2);
    observed.look = look(Thread.State.RUNNABLE, new CpuUse(9, 0, 0, 0), LockChain.NONE, read);
    observed.cpuShortage = SHORTAGE;
    assertThat(judge().certainty()).isEqualTo(Certainty.BY_AGE);
  }

  @Test
  void threadThatWaitsIsNotStarved() {
    observed.look = look(Thread.State.WAITING, CpuUse.UNKNOWN, LockChain.NONE, PARK);
    observed.cpuShortage = SHORTAGE;
    assertThat(judge().certainty()).isEqualTo(Certainty.BY_AGE);
  }

  @Test
  void ownerOfTheLockIsNamedWithWhatItDoes() {
    ThreadAccount owner =
        new ThreadAccount(
            "worker-7", false, Thread.State.TIMED_WAITING, stack(SLEEP, FLUSH, RUN), null);
    observed.look = look(Thread.State.BLOCKED, CpuUse.UNKNOWN, chain(-1, owner));
    Ruling ruling = judge();
    assertThat(ruling.reason()).contains("waits for Lock@1, which worker-7 holds,");
    assertThat(ruling.fix())
        .startsWith("worker-7 must release Lock@1: it sleeps at com.acme.Audit.flush(")
        .contains("worker-1 waits for it");
    assertThat(facts(ruling)).contains("worker-7 sleeps");
    assertThat(ruling.locks().threads()).hasSize(2);
    assertThat(ruling.certainty()).isEqualTo(Certainty.BY_AGE);
  }

  @Test
  void deadlockIsProven() {
    ThreadAccount other =
        new ThreadAccount(
            "worker-2",
            false,
            Thread.State.BLOCKED,
            stack(FLUSH, RUN),
            new Awaited("Lock@2", Kind.MONITOR, "worker-1", HANDLE));
    observed.look = look(Thread.State.BLOCKED, CpuUse.UNKNOWN, chain(0, other));
    Ruling ruling = judge();
    assertThat(ruling.certainty()).isEqualTo(Certainty.PROVEN);
    assertThat(ruling.reason()).contains("is in a deadlock with worker-2");
    assertThat(ruling.fix())
        .contains("worker-1 waits for Lock@1 at com.acme.Orders.handle(")
        .contains("worker-2 waits for Lock@2 at com.acme.Audit.flush(");
    assertThat(facts(ruling))
        .anyMatch(fact -> fact.startsWith("worker-2 waits for Lock@2, held by worker-1 at com."));
  }

  @Test
  void loopThatStandsInHandlerOfAnotherConnectionIsStuck() {
    observed.neverRead();
    observed.registration = REGISTERED;
    observed.loop = look(Thread.State.WAITING, CpuUse.UNKNOWN, LockChain.NONE, PARK);
    Ruling ruling = judge();
    assertThat(ruling.cause()).isEqualTo(Cause.THREAD_STUCK);
    assertThat(ruling.reason()).startsWith("The thread that runs the connection's selector");
  }

  @Test
  void loopThatIsNotAskedForDataIsNotWaitedFor() {
    observed.neverRead();
    observed.registration = new Registration(true, 0, false);
    observed.loop = look(Thread.State.WAITING, CpuUse.UNKNOWN, LockChain.NONE, PARK);
    assertThat(rule.judge(observed.suspicion())).isNull();
  }

  @Test
  void loopThatSelectsIsNotStuck() {
    observed.neverRead();
    observed.registration = REGISTERED;
    observed.loop =
        look(
            Thread.State.RUNNABLE,
            CpuUse.UNKNOWN,
            LockChain.NONE,
            frame("sun.nio.ch.EPoll", "wait", -2),
            frame("sun.nio.ch.EPollSelectorImpl", "doSelect", 9));
    assertThat(rule.judge(observed.suspicion())).isNull();
  }

  private Ruling judge() {
    Ruling ruling = rule.judge(observed.suspicion());
    assertThat(ruling).isNotNull();
    return ruling;
  }

  private static List<String> facts(Ruling ruling) {
    return ruling.evidence().stream().map(Evidence::fact).toList();
  }

  private static StackTraceElement[] reading() {
    return new StackTraceElement[] {
      frame("sun.nio.ch.Net", "poll", -2), frame("sun.nio.ch.NioSocketImpl", "implRead", 300)
    };
  }

  private static LockChain chain(int cycleStart, ThreadAccount owner) {
    Awaited awaited = new Awaited("Lock@1", Kind.MONITOR, owner.name(), FLUSH);
    ThreadAccount worker =
        new ThreadAccount("worker-1", false, Thread.State.BLOCKED, stack(HANDLE, RUN), awaited);
    return new LockChain(List.of(worker, owner), cycleStart);
  }

  private static ThreadLook look(
      Thread.State state, CpuUse cpu, LockChain locks, StackTraceElement... inner) {
    List<StackTraceElement> stack = new ArrayList<>(List.of(inner));
    stack.add(HANDLE);
    stack.add(RUN);
    return new ThreadLook("worker-1", state, stack, 5, THRESHOLD, stack, cpu, locks);
  }
}
