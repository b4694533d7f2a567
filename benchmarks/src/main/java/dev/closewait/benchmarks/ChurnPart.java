package dev.closewait.benchmarks;

import java.util.List;

/** CPU per connection in alternating JVMs: with the agent over an agent that does nothing. */
final class ChurnPart {
  private static final double BUDGET = 1.07;
  private static final int WARM_UP_MILLIS = 5_000;
  private static final int MEASURE_MILLIS = 3_000;
  private static final int PAIRS = 5;

  private final DriverOptions options;
  private final String idleAgent = AgentJars.idle().toString();

  ChurnPart(DriverOptions options) {
    this.options = options;
  }

  void run() {
    System.out.println(
        "CPU per connection, JVM with the agent / JVM with an agent that does nothing");
    measure("churn-blocking");
    measure("churn-nio");
  }

  private void measure(String traffic) {
    Figures threadRatios = new Figures();
    Figures processRatios = new Figures();
    Figures without = new Figures();
    int pairs = options.pairs(PAIRS);
    for (int i = 0; i < pairs; i++) {
      boolean agentFirst = i % 2 == 0;
      double[] first = once(traffic, agentFirst);
      double[] second = once(traffic, !agentFirst);
      double[] with = agentFirst ? first : second;
      double[] idle = agentFirst ? second : first;
      threadRatios.add(with[0] / idle[0]);
      processRatios.add(with[1] / idle[1]);
      without.add(idle[0]);
    }
    Lines.ratio(traffic + ", both ends", threadRatios, BUDGET);
    Lines.ratio(traffic + ", process", processRatios, BUDGET);
    Lines.detail("without: %.2f us each", without.median() / 1_000);
  }

  private double[] once(String traffic, boolean withAgent) {
    try (ChildJvm child =
        ChildJvm.start(
            withAgent ? options.agent().toString() : idleAgent,
            List.of("-Xmx512m"),
            TimedRun.class,
            traffic,
            WARM_UP_MILLIS,
            MEASURE_MILLIS)) {
      return child.numbers();
    }
  }
}
