package dev.closewait.demo;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** A disk that hangs: a write of any size takes longer than the demo. */
final class HangingDisk {
  private HangingDisk() {}

  static void write(List<?> lines) throws InterruptedException {
    TimeUnit.HOURS.sleep(1L + lines.size());
  }
}
