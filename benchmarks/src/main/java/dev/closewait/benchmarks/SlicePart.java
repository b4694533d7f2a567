package dev.closewait.benchmarks;

import io.netty.channel.epoll.Epoll;
import java.util.List;

/** CPU per connection and per request, hooks on over hooks off, in slices of one JVM each. */
final class SlicePart {
  private static final double CHURN_BUDGET = 1.07;
  private static final double KEEP_ALIVE_BUDGET = 1.01;
  private static final int WARM_UP_PAIRS = 25;
  private static final int PAIRS = 100;

  private final DriverOptions options;

  SlicePart(DriverOptions options) {
    this.options = options;
  }

  void run() {
    System.out.println("CPU of both ends, hooks on / off, neighbouring slices of one JVM");
    measure("churn-blocking", CHURN_BUDGET);
    measure("churn-nio", CHURN_BUDGET);
    measure("keep-alive-blocking", KEEP_ALIVE_BUDGET);
    measure("keep-alive-nio", KEEP_ALIVE_BUDGET);
  }

  /** The native transport is there on Linux on x86_64 only. */
  void runNetty() {
    System.out.println("the same with Netty at both ends");
    measure("churn-netty-nio", CHURN_BUDGET);
    measure("keep-alive-netty-nio", KEEP_ALIVE_BUDGET);
    if (Epoll.isAvailable()) {
      measure("churn-netty-epoll", CHURN_BUDGET);
      measure("keep-alive-netty-epoll", KEEP_ALIVE_BUDGET);
    }
  }

  private void measure(String traffic, double budget) {
    int pairs = options.pairs(PAIRS);
    Figures on = new Figures();
    Figures off = new Figures();
    try (ChildJvm child =
        ChildJvm.start(
            options.agent().toString(),
            List.of("-Xmx512m"),
            SlicedRun.class,
            traffic,
            WARM_UP_PAIRS,
            pairs)) {
      for (int i = 0; i < pairs; i++) {
        double[] nanosOnOff = child.numbers();
        on.add(nanosOnOff[0]);
        off.add(nanosOnOff[1]);
      }
    }
    Lines.ratio(traffic, Figures.ratios(on, off), budget);
    Lines.detail("off: %.2f us each", off.median() / 1_000);
  }
}
