package dev.closewait.benchmarks;

import java.util.List;

/**
 * A program that loads some thousands of classes, each of which passes the hook, over an idle
 * agent.
 */
final class LoadingPart {
  private static final double BUDGET_MILLIS = 100;
  private static final double NANOS_PER_MILLI = 1_000_000;
  private static final double NANOS_PER_MICRO = 1_000;
  private static final int PAIRS = 20;
  private static final int WARM_UP_PAIRS = 2;

  private final DriverOptions options;
  private final String idleAgent = AgentJars.idle().toString();
  private double classes;

  LoadingPart(DriverOptions options) {
    this.options = options;
  }

  /** One run: from the start of the JVM to the last class, and the loading alone. */
  private record Times(double startNanos, double wallNanos, double ownNanos, double allNanos) {}

  void run() {
    System.out.println("JVM with the agent - JVM with an agent that does nothing");
    Figures starts = new Figures();
    Figures walls = new Figures();
    Figures own = new Figures();
    Figures all = new Figures();
    Figures without = new Figures();
    int pairs = options.pairs(PAIRS);
    for (int i = -WARM_UP_PAIRS; i < pairs; i++) {
      boolean agentFirst = i % 2 == 0;
      Times first = once(agentFirst);
      Times second = once(!agentFirst);
      if (i >= 0) {
        Times with = agentFirst ? first : second;
        Times idle = agentFirst ? second : first;
        starts.add((with.startNanos() - idle.startNanos()) / NANOS_PER_MILLI);
        walls.add((with.wallNanos() - idle.wallNanos()) / classes / NANOS_PER_MICRO);
        own.add((with.ownNanos() - idle.ownNanos()) / classes / NANOS_PER_MICRO);
        all.add((with.allNanos() - idle.allNanos()) / NANOS_PER_MILLI);
        without.add(idle.wallNanos() / classes / NANOS_PER_MICRO);
      }
    }
    Lines.difference("start to last class, wall, ms", starts, BUDGET_MILLIS);
    Lines.difference("each class, wall, us", walls);
    Lines.difference("each class, CPU of its thread, us", own);
    Lines.difference("CPU of all threads, ms", all);
    Lines.detail("%.0f classes, %.1f us each without", classes, without.median());
  }

  private Times once(boolean withAgent) {
    long start = System.nanoTime();
    try (ChildJvm child =
        ChildJvm.start(
            withAgent ? options.agent().toString() : idleAgent,
            List.of("-Xshare:auto"),
            LoadingProbe.class)) {
      double[] numbers = child.numbers();
      classes = numbers[0];
      return new Times(System.nanoTime() - start, numbers[1], numbers[2], numbers[3]);
    }
  }
}
