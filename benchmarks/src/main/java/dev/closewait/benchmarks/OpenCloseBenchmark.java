package dev.closewait.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the record of one connection costs: made, put into the table and taken out again, its stack
 * as the budget allows, which is next to never at this rate.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
public class OpenCloseBenchmark {

  /** Hooks paused. */
  @Benchmark
  public void baselineOpenClose(HookState hooks) throws Throwable {
    Hooks.connecting(hooks.handle, hooks.remote);
    Hooks.closing(hooks.descriptor);
  }

  /** Insert and remove. */
  @Benchmark
  public void hookedOpenClose(HookState hooks) throws Throwable {
    Hooks.connecting(hooks.handle, hooks.remote);
    Hooks.closing(hooks.descriptor);
  }
}
