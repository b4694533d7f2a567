package dev.closewait.diagnosis.thread;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CpuUseTest {
  private static final long SECOND = 1_000_000_000L;

  private final CpuUse first = CpuUse.first(5 * SECOND);

  @Test
  void tellsNothingAtTheFirstLook() {
    assertThat(first.percent()).isNegative();
    assertThat(first.isSpinning()).isFalse();
    assertThat(first.isShortOfCpu()).isFalse();
  }

  @Test
  void countsFromWhereTheThreadStands() {
    CpuUse second = first.next(6 * SECOND, 2 * SECOND, 2 * SECOND);
    CpuUse third = second.next(8 * SECOND, 2 * SECOND, 4 * SECOND);
    assertThat(second.lastPercent()).isEqualTo(50);
    assertThat(third.lastPercent()).isEqualTo(100);
    assertThat(third.percent()).isEqualTo(75);
    assertThat(third.isSpinning()).isTrue();
  }

  @Test
  void startsAnewWhereTheThreadHasLeftItsPlace() {
    CpuUse moved = first.next(7 * SECOND, 2 * SECOND, 0);
    assertThat(moved.percent()).isNegative();
    assertThat(moved.lastPercent()).isEqualTo(100);
    assertThat(moved.next(8 * SECOND, 2 * SECOND, 2 * SECOND).percent()).isEqualTo(50);
  }

  @Test
  void wholeCoreIsNotShort() {
    assertThat(first.next(7 * SECOND, 2 * SECOND, 0).isShortOfCpu()).isFalse();
    assertThat(first.next(6 * SECOND, 2 * SECOND, 0).isShortOfCpu()).isTrue();
  }

  @Test
  void saysNothingOfThreadWhoseTimeIsNotTold() {
    CpuUse next = CpuUse.UNKNOWN.next(-1, SECOND, SECOND);
    assertThat(next.lastPercent()).isNegative();
    assertThat(next.percent()).isNegative();
    assertThat(next.isShortOfCpu()).isFalse();
  }

  /** The clocks of CPU and wall are not read at once. */
  @Test
  void neverExceedsOneCore() {
    assertThat(first.next(8 * SECOND, 2 * SECOND, 2 * SECOND).percent()).isEqualTo(100);
  }
}
