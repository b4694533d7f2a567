package dev.closewait.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.CloseWaitRecord;
import java.net.CloseWaitTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloseWaitTableTest {
  private static final int THREADS = 4;
  private static final int DESCRIPTORS_EACH = 5_000;
  private static final int HIGHEST = 4096 * 1024 - 1;

  private final CloseWaitTable table = Records.table();
  private final Object handle = new Object();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1023, 1024, 1025, 1_048_575, HIGHEST})
  void findsRecordByItsDescriptor(int descriptor) {
    CloseWaitRecord entry = put(descriptor);
    assertThat(table.get(descriptor)).isSameAs(entry);
    assertThat(table.limit()).isGreaterThan(descriptor);
  }

  @Test
  void tellsNeighboursApart() {
    CloseWaitRecord last = put(1023);
    CloseWaitRecord first = put(1024);
    assertThat(table.get(1023)).isSameAs(last);
    assertThat(table.get(1024)).isSameAs(first);
    assertThat(table.get(0)).isNull();
    assertThat(table.get(2047)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, 5, HIGHEST + 1, Integer.MAX_VALUE})
  void hasNothingForDescriptorsWithoutRecord(int descriptor) {
    assertThat(table.get(descriptor)).isNull();
    assertThat(Records.call(table, "remove", descriptor)).isNull();
    assertThat(table.limit()).isZero();
  }

  @Test
  void takesNoRecordBeyondItsBound() {
    assertThat(Records.call(table, "covers", HIGHEST)).isEqualTo(true);
    assertThat(Records.call(table, "covers", HIGHEST + 1)).isEqualTo(false);
    assertThat(Records.call(table, "covers", -1)).isEqualTo(false);
    assertThat(table.get(HIGHEST + 1)).isNull();
  }

  @Test
  void tellsWhoseCloseWasNotSeen() {
    CloseWaitRecord forgotten = put(7);
    CloseWaitRecord next = Records.accepted(handle, 7);
    assertThat(Records.call(table, "put", next)).isSameAs(forgotten);
    assertThat(table.get(7)).isSameAs(next);
  }

  @Test
  void keepsTheFirstOfTwoThatAdoptOneSocket() {
    CloseWaitRecord first = Records.accepted(handle, 7);
    CloseWaitRecord second = Records.accepted(handle, 7);
    assertThat(Records.call(table, "putIfAbsent", first)).isNull();
    assertThat(Records.call(table, "putIfAbsent", second)).isSameAs(first);
    assertThat(table.get(7)).isSameAs(first);
  }

  @Test
  void removesRecordOnce() {
    CloseWaitRecord entry = put(7);
    assertThat(Records.call(table, "remove", 7)).isSameAs(entry);
    assertThat(table.get(7)).isNull();
    assertThat(Records.call(table, "remove", 7)).isNull();
  }

  @Test
  void isEmptyAfterItWasCleared() {
    put(7);
    put(5_000);
    Records.call(table, "clear");
    assertThat(table.get(7)).isNull();
    assertThat(table.limit()).isZero();
  }

  /** All threads need the same fresh chunks at the same time, and none may lose a record there. */
  @Test
  void losesNoRecordWhenThreadsOpenAndCloseAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      CountDownLatch start = new CountDownLatch(THREADS);
      List<Future<?>> done = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        int offset = t;
        done.add(threads.submit(() -> churn(offset, start)));
      }
      for (Future<?> each : done) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThatEverySecondIsLeft();
  }

  private void churn(int offset, CountDownLatch start) {
    start.countDown();
    for (int i = 0; i < DESCRIPTORS_EACH; i++) {
      int descriptor = i * THREADS + offset;
      put(descriptor);
      if (i % 2 == 1) {
        Records.call(table, "remove", descriptor);
      }
    }
  }

  private void assertThatEverySecondIsLeft() {
    for (int i = 0; i < DESCRIPTORS_EACH; i++) {
      for (int t = 0; t < THREADS; t++) {
        assertThat(table.get(i * THREADS + t) == null).isEqualTo(i % 2 == 1);
      }
    }
  }

  private CloseWaitRecord put(int descriptor) {
    CloseWaitRecord entry = Records.accepted(handle, descriptor);
    Records.call(table, "put", entry);
    return entry;
  }
}
