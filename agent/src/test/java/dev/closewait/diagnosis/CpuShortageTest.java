package dev.closewait.diagnosis;

import static dev.closewait.diagnosis.Observed.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.kernel.CpuLoad;
import org.junit.jupiter.api.Test;

class CpuShortageTest {
  private static final CpuLoad CROWDED = new CpuLoad(9, 2, 0);
  private static final CpuLoad CALM = new CpuLoad(2, 2, 0);

  private final CpuShortage shortage = new CpuShortage(60 * SECOND);

  @Test
  void seesMoreRunnableThreadsThanCores() {
    shortage.see(CROWDED, true, 1_000 * SECOND);
    assertThat(shortage.fact()).isEqualTo("9 threads are runnable for 2 cores");
  }

  @Test
  void seesThrottledControlGroup() {
    shortage.see(new CpuLoad(-1, 2, 12), true, 1_000 * SECOND);
    assertThat(shortage.fact()).contains("throttled 12 times");
  }

  @Test
  void needsThreadThatGotLessThanItCouldUse() {
    shortage.see(CROWDED, false, 1_000 * SECOND);
    assertThat(shortage.fact()).isNull();
  }

  @Test
  void needsReasonWhyItGotLess() {
    shortage.see(CALM, true, 1_000 * SECOND);
    shortage.see(CpuLoad.UNKNOWN, true, 1_001 * SECOND);
    assertThat(shortage.fact()).isNull();
  }

  @Test
  void countsForSomeTimeAfterItsEnd() {
    shortage.see(CROWDED, true, 1_000 * SECOND);
    shortage.see(CALM, false, 1_059 * SECOND);
    assertThat(shortage.fact()).isNotNull();
    shortage.see(CALM, false, 1_060 * SECOND);
    assertThat(shortage.fact()).isNull();
  }
}
