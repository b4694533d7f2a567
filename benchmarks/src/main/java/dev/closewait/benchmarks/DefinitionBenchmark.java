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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/** What the hook costs each class that a class loader defines and that is none to be woven. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@State(Scope.Benchmark)
public class DefinitionBenchmark {
  private static final int CLASS_FILE_BYTES = 3_000;
  private static final String[] NAMES = {
    "org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration",
    "org.apache.catalina.core.StandardContext",
    "com.acme.orders.OrderController$$SpringCGLIB$$0",
    "com.acme.orders.Order"
  };

  private final ClassLoader loader = DefinitionBenchmark.class.getClassLoader();
  private final byte[] classFile = new byte[CLASS_FILE_BYTES];
  private int next;

  /** Nobody listens in the baseline. */
  @Setup
  public void stopForBaseline(BenchmarkParams benchmark) throws Throwable {
    if (benchmark.getBenchmark().endsWith(".baselineDefinition")) {
      Hooks.listenToNoDefinition();
    }
  }

  /** As without a library to wait for. */
  @Benchmark
  public byte[] baselineDefinition() throws Throwable {
    return define();
  }

  /** Asks whether the class is awaited. */
  @Benchmark
  public byte[] hookedDefinition() throws Throwable {
    return define();
  }

  private byte[] define() throws Throwable {
    String name = NAMES[next];
    next = next + 1 == NAMES.length ? 0 : next + 1;
    return Hooks.defining(name, classFile, 0, classFile.length, loader);
  }
}
