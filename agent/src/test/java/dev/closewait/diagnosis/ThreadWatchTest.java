package dev.closewait.diagnosis;

import static dev.closewait.diagnosis.Observed.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadWatchTest {
  private final ThreadWatch watch = new ThreadWatch(ApplicationFrames.of(List.of("dev.closewait")));
  private final SynchronousQueue<String> orders = new SynchronousQueue<>();
  private final AtomicInteger taken = new AtomicInteger();
  private final CountDownLatch started = new CountDownLatch(1);
  private final Thread worker = new Thread(this::work, "worker-1");

  private void work() {
    started.countDown();
    try {
      while (!orders.take().equals("stop")) {
        taken.incrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void stop() {
    worker.interrupt();
  }

  @Test
  void countsForHowLongThreadHasStoodAtOnePlace() throws Exception {
    start();
    assertThat(look(1_000 * SECOND).standingNanos()).isZero();
    assertThat(look(1_003 * SECOND).standingNanos()).isEqualTo(3 * SECOND);
    ThreadLook look = look(1_010 * SECOND);
    assertThat(look.standingNanos()).isEqualTo(10 * SECOND);
    assertThat(look.isStanding()).isTrue();
    assertThat(look.doing()).isEqualTo("waits");
  }

  /** It waits at the same line again: only the number of its waits tells. */
  @Test
  void startsAnewWhenTheThreadHasGoneOnBetween() throws Exception {
    start();
    look(1_000 * SECOND);
    orders.put("order");
    awaitTaken(1);
    awaitWaiting();
    assertThat(look(1_005 * SECOND).standingNanos()).isZero();
  }

  @Test
  void forgetsThreadThatNobodyAskedForInOneScan() throws Exception {
    start();
    look(1_000 * SECOND);
    watch.startScan(1_005 * SECOND);
    watch.endScan();
    assertThat(look(1_010 * SECOND).standingNanos()).isZero();
  }

  @Test
  void looksAtThreadOnceInScan() throws Exception {
    start();
    watch.startScan(1_000 * SECOND);
    assertThat(watch.look(worker)).isSameAs(watch.look(worker)).isNotNull();
  }

  @Test
  void looksAtOnlySoManyThreadsInScan() {
    watch.startScan(1_000 * SECOND);
    for (int i = 0; i < ThreadWatch.MAX_LOOKS_PER_SCAN; i++) {
      assertThat(watch.look(new Thread())).isNotNull();
    }
    assertThat(watch.look(new Thread())).isNull();
    watch.endScan();
    watch.startScan(1_005 * SECOND);
    assertThat(watch.look(new Thread())).isNotNull();
  }

  private void start() throws InterruptedException {
    worker.setDaemon(true);
    worker.start();
    started.await();
    awaitWaiting();
  }

  private void awaitTaken(int count) {
    while (taken.get() < count) {
      Thread.onSpinWait();
    }
  }

  private void awaitWaiting() {
    while (worker.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  private ThreadLook look(long now) {
    watch.startScan(now);
    ThreadLook look = Objects.requireNonNull(watch.look(worker));
    watch.endScan();
    return look;
  }
}
