package dev.closewait.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one request of a client library costs: its connection is handed out by the pool and given
 * back, among a thousand others.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@State(Scope.Benchmark)
public class LeaseBenchmark {
  private static final int POOLED = 1_000;

  private final Object[] entries = entries();
  private final Object pool = new Object();
  private int next;

  /** The hooks paused. */
  @Benchmark
  public void baselineLease(HookState hooks) throws Throwable {
    lease();
  }

  /** The hooks on; the budget of stacks is soon used up, as in a busy program. */
  @Benchmark
  public void hookedLease(HookState hooks) throws Throwable {
    lease();
  }

  /** As the methods of a pool that the data file names: three calls. */
  private void lease() throws Throwable {
    Object entry = entries[next];
    next = next + 1 == POOLED ? 0 : next + 1;
    Hooks.joined(entry, pool);
    Hooks.leased(entry, 1);
    Hooks.released(entry, 2);
  }

  private static Object[] entries() {
    Object[] entries = new Object[POOLED];
    for (int i = 0; i < POOLED; i++) {
      entries[i] = new Object();
    }
    return entries;
  }
}
