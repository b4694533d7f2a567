package dev.closewait.benchmarks;

import java.io.IOException;
import java.util.Random;

/**
 * One JVM under the agent whose hooks go on and off in slices: prints the CPU time per operation of
 * both, a pair of neighbouring slices a line, in nanoseconds, first on, then off.
 *
 * <p>Noise of the machine is slower than a slice, so it meets both of a pair.
 */
public final class SlicedRun {
  private static final int SLICE_MILLIS = 65;

  /** On a busy machine a slice lasts longer, and the JIT compiler comes later. */
  private static final int FEWEST_OPERATIONS = 100;

  private static final int WARM_UP_OPERATIONS = 20_000;

  private SlicedRun() {}

  /** Arguments: the name of the traffic, pairs to warm up, pairs to measure. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Traffic traffic = Traffic.named(arguments[0]);
    int warmUp = Integer.parseInt(arguments[1]);
    int pairs = Integer.parseInt(arguments[2]);
    Random order = new Random();
    traffic.start();
    while (traffic.operations() < WARM_UP_OPERATIONS) {
      Thread.sleep(SLICE_MILLIS);
    }
    for (int i = -warmUp; i < pairs; i++) {
      double[] nanosOnOff = pair(traffic, order.nextBoolean());
      if (i >= 0) {
        System.out.println(nanosOnOff[0] + " " + nanosOnOff[1]);
      }
    }
  }

  private static double[] pair(Traffic traffic, boolean onFirst) throws InterruptedException {
    double first = slice(traffic, onFirst);
    double second = slice(traffic, !onFirst);
    return onFirst ? new double[] {first, second} : new double[] {second, first};
  }

  private static double slice(Traffic traffic, boolean on) throws InterruptedException {
    Hooks.pause(!on);
    long cpuNanos = traffic.cpuNanos();
    long operations = traffic.operations();
    do {
      Thread.sleep(SLICE_MILLIS);
    } while (traffic.operations() - operations < FEWEST_OPERATIONS);
    operations = traffic.operations() - operations;
    return (double) (traffic.cpuNanos() - cpuNanos) / operations;
  }
}
