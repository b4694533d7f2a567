package dev.closewait.benchmarks;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketImpl;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * The hooks, paused in a benchmark whose name begins with {@code baseline}, and a handle to call
 * them with: its descriptor is that of an open file, so that no real socket can have its number.
 */
@State(Scope.Benchmark)
public class HookState {
  final InetSocketAddress remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080);

  private final FileInputStream file = open();
  final FileDescriptor descriptor = descriptorOf(file);
  final SocketImpl handle = new UnusedSocket(descriptor);

  /** Before each fork's first iteration. */
  @Setup
  public void pauseForBaseline(BenchmarkParams benchmark) {
    String name = benchmark.getBenchmark();
    Hooks.pause(name.startsWith("baseline", name.lastIndexOf('.') + 1));
  }

  /** After each fork's last iteration. */
  @TearDown
  public void close() throws IOException {
    file.close();
  }

  private static FileInputStream open() {
    try {
      return new FileInputStream("/dev/null");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FileDescriptor descriptorOf(FileInputStream file) {
    try {
      return file.getFD();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
