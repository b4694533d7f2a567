package dev.closewait.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What one call of a hook costs, without the socket around it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@State(Scope.Benchmark)
public class HookBenchmark {

  /** A record to read for; the baseline, whose hooks are paused already, has none. */
  @Setup
  public void open(HookState hooks) throws Throwable {
    Hooks.connecting(hooks.handle, hooks.remote);
  }

  /** Forgets the connection. */
  @TearDown
  public void close(HookState hooks) throws Throwable {
    Hooks.closing(hooks.descriptor);
  }

  /** A read that returned data, hooks paused. */
  @Benchmark
  public void baselineRead(HookState hooks) throws Throwable {
    Hooks.read(1, hooks.descriptor);
  }

  /** A read that returned data. */
  @Benchmark
  public void hookedRead(HookState hooks) throws Throwable {
    Hooks.read(1, hooks.descriptor);
  }
}
