package dev.closewait.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
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

/** One small request and response over a loopback connection, blocking sockets. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@State(Scope.Benchmark)
public class PingPongBenchmark {
  private final Traffic traffic = new BlockingKeepAlive();
  private final InetAddress unused = InetAddress.getLoopbackAddress();

  /** The answering end has a thread of its own. */
  @Setup
  public void listen() throws IOException {
    traffic.startServer();
  }

  /** Hooks paused. */
  @Benchmark
  public void baselinePingPong(HookState hooks) throws IOException {
    traffic.operate(unused);
  }

  /** Two reads and two writes of which the hooks are told. */
  @Benchmark
  public void hookedPingPong(HookState hooks) throws IOException {
    traffic.operate(unused);
  }
}
