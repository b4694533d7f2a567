package dev.closewait.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/** Tells the scans of the agent in this JVM by the CPU time of its scanner thread. */
final class ScanWatch {
  private static final int SAMPLE_MILLIS = 10;

  /** The tick between two scans takes some 20 microseconds. */
  private static final long LEAST_NANOS = 300_000;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final StringBuilder scans = new StringBuilder("0");
  private long scanNanos;

  /** The CPU time of each scan in nanoseconds, after a 0; nothing but that when no agent scans. */
  String cpuNanosOfScans(long millis) throws InterruptedException {
    long scanner = scannerThread();
    if (scanner < 0) {
      return scans.toString();
    }
    long before = threads.getThreadCpuTime(scanner);
    for (long i = 0; i < millis / SAMPLE_MILLIS; i++) {
      Thread.sleep(SAMPLE_MILLIS);
      long after = threads.getThreadCpuTime(scanner);
      sampled(after - before);
      before = after;
    }
    return scans.toString();
  }

  private void sampled(long nanos) {
    if (nanos > 0) {
      scanNanos += nanos;
    } else {
      if (scanNanos > LEAST_NANOS) {
        scans.append(' ').append(scanNanos);
      }
      scanNanos = 0;
    }
  }

  private long scannerThread() {
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().equals("closewait-scanner")) {
        return thread.getThreadId();
      }
    }
    return -1;
  }
}
