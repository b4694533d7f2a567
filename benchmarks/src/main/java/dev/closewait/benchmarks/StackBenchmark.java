package dev.closewait.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a stack costs: that of a listening socket, the only one that is always taken, at some depth
 * below JMH's own frames.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@State(Scope.Benchmark)
public class StackBenchmark {
  /** Frames between JMH and the hook. */
  @Param({"10", "40", "90"})
  public int depth;

  /** Hooks paused. */
  @Benchmark
  public void baselineStack(HookState hooks) throws Throwable {
    listenAt(depth, hooks);
  }

  /** A stack is taken, with a record that is made, put into the table and taken out again. */
  @Benchmark
  public void hookedStack(HookState hooks) throws Throwable {
    listenAt(depth, hooks);
  }

  private static void listenAt(int remaining, HookState hooks) throws Throwable {
    if (remaining > 0) {
      listenAt(remaining - 1, hooks);
    } else {
      Hooks.listening(hooks.handle);
      Hooks.closing(hooks.descriptor);
    }
  }
}
