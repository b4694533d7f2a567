package dev.closewait.diagnosis.thread;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.connection.AwaitedObject.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real threads and locks; each thread ends with its test, but those of a deadlocked monitor. */
class LockChainsTest {
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  private final LockChains chains = new LockChains(new ThreadQuestions());
  private final List<Thread> started = new ArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Object first = new Object();
  private final Object second = new Object();
  private final ReentrantLock left = new ReentrantLock();
  private final ReentrantLock right = new ReentrantLock();

  /** What a thread does with its locks. */
  private interface Work {
    void run() throws InterruptedException;
  }

  @AfterEach
  void release() {
    end.countDown();
    started.forEach(Thread::interrupt);
  }

  @Test
  void namesTheHolderOfMonitorAndWhereItTookIt() {
    start("holder", () -> hold(first));
    Thread waits = start("waits", () -> hold(first));
    LockChain chain = chain(waits);
    assertThat(chain.isDeadlocked()).isFalse();
    assertThat(chain.awaited().lock()).startsWith("java.lang.Object@");
    assertThat(chain.awaited().kind()).isEqualTo(Kind.MONITOR);
    assertThat(chain.awaited().holder()).isEqualTo("holder");
    assertThat(chain.awaited().heldAt().getMethodName()).isEqualTo("hold");
    assertThat(chain.holder().doing()).isEqualTo("waits");
  }

  @Test
  void namesTheOwnerOfLock() {
    start("owner", () -> holdBoth(left, new ReentrantLock()));
    Thread waits = start("waits", left::lockInterruptibly);
    LockChain chain = chain(waits);
    assertThat(chain.awaited().lock()).startsWith("java.util.concurrent.locks.ReentrantLock$");
    assertThat(chain.awaited().kind()).isEqualTo(Kind.SYNCHRONIZER);
    assertThat(chain.awaited().holder()).isEqualTo("owner");
    assertThat(chain.threads()).hasSize(2);
  }

  @Test
  void followsTheChainOfOwners() {
    start("last", () -> hold(first));
    start("middle", () -> holdThen(left, () -> hold(first)));
    Thread waits = start("waits", left::lockInterruptibly);
    assertThat(chain(waits).threads())
        .extracting(ThreadAccount::name)
        .containsExactly("waits", "middle", "last");
  }

  @Test
  void findsDeadlockOfLocks() throws InterruptedException {
    CountDownLatch bothHoldOne = new CountDownLatch(2);
    Thread one = start("one", () -> cross(left, right, bothHoldOne));
    Thread two = start("two", () -> cross(right, left, bothHoldOne));
    LockChain chain = deadlock(one);
    assertThat(chain.cycle()).extracting(ThreadAccount::name).containsExactly("one", "two");
    Thread third = start("third", () -> left.lockInterruptibly());
    assertThat(deadlock(third).cycleStart()).as("waits for it, is not in it").isEqualTo(1);
    assertThat(deadlock(two).cycleStart()).isZero();
  }

  @Test
  void findsDeadlockOfMonitors() {
    CountDownLatch bothHoldOne = new CountDownLatch(2);
    Thread one = start("one", () -> enterBoth(first, second, bothHoldOne));
    start("two", () -> enterBoth(second, first, bothHoldOne));
    LockChain chain = deadlock(one);
    assertThat(chain.cycle())
        .hasSize(2)
        .allSatisfy(
            member -> assertThat(member.awaits().heldAt().getMethodName()).isEqualTo("enterBoth"));
  }

  /** A wait with a time limit ends. */
  @Test
  void doesNotCallWaitWithLimitDeadlock() {
    CountDownLatch bothHoldOne = new CountDownLatch(2);
    Thread one = start("one", () -> cross(left, right, bothHoldOne));
    Thread two =
        start(
            "two",
            () -> {
              right.lock();
              bothHoldOne.countDown();
              bothHoldOne.await();
              left.tryLock(1, TimeUnit.HOURS);
            });
    while (two.getState() != Thread.State.TIMED_WAITING || !left.hasQueuedThread(two)) {
      Thread.onSpinWait();
    }
    while (!right.hasQueuedThread(one)) {
      Thread.onSpinWait();
    }
    LockChain chain = chain(one);
    assertThat(chain.isDeadlocked()).isFalse();
    assertThat(chain.threads()).hasSize(2);
  }

  @Test
  void tellsWhatIsWaitedForWhenNobodyHoldsIt() {
    LockChain chain = chain(start("waits", end::await));
    assertThat(chain.awaited().lock()).startsWith("java.util.concurrent.CountDownLatch$Sync@");
    assertThat(chain.awaited().holder()).isNull();
    assertThat(chain.holder()).isNull();
  }

  @Test
  void tellsWhatIsToBeNotified() {
    LockChain chain = chain(start("waits", () -> waitFor(second)));
    assertThat(chain.awaited().kind()).isEqualTo(Kind.NOTIFICATION);
    assertThat(chain.awaited().lock()).startsWith("java.lang.Object@");
  }

  /** Each takes its second lock when the other has its first. */
  private LockChain deadlock(Thread thread) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    LockChain chain = chain(thread);
    while (!chain.isDeadlocked() && System.nanoTime() - deadline < 0) {
      Thread.onSpinWait();
      chain = chain(thread);
    }
    assertThat(chain.isDeadlocked()).isTrue();
    return chain;
  }

  private LockChain chain(Thread thread) {
    chains.endScan();
    return chains.of(thread, List.of());
  }

  private void hold(Object monitor) throws InterruptedException {
    synchronized (monitor) {
      end.await();
    }
  }

  private void holdThen(ReentrantLock lock, Work then) throws InterruptedException {
    lock.lock();
    then.run();
  }

  private void holdBoth(ReentrantLock one, ReentrantLock other) throws InterruptedException {
    one.lock();
    other.lock();
    end.await();
  }

  private static void cross(ReentrantLock mine, ReentrantLock other, CountDownLatch bothHoldOne)
      throws InterruptedException {
    mine.lock();
    bothHoldOne.countDown();
    bothHoldOne.await();
    other.lockInterruptibly();
  }

  private static void enterBoth(Object mine, Object other, CountDownLatch bothHoldOne)
      throws InterruptedException {
    synchronized (mine) {
      bothHoldOne.countDown();
      bothHoldOne.await();
      synchronized (other) {
        throw new IllegalStateException("nobody can get here");
      }
    }
  }

  @SuppressWarnings("WaitNotInLoop") // nobody notifies it
  private static void waitFor(Object monitor) throws InterruptedException {
    synchronized (monitor) {
      monitor.wait();
    }
  }

  /** Starts it and waits until it stands. */
  private Thread start(String name, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
    started.add(thread);
    while (thread.getState() == Thread.State.RUNNABLE) {
      Thread.onSpinWait();
    }
    return thread;
  }
}
