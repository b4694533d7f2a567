package dev.closewait.benchmarks;

import java.util.List;

/** From the start of the JVM to its {@code main}, and the first sockets, over an idle agent. */
final class StartupPart {
  private static final double BUDGET_MILLIS = 100;
  private static final double NANOS_PER_MILLI = 1_000_000;
  private static final int PAIRS = 25;
  private static final int WARM_UP_PAIRS = 2;

  /** As {@link StartupProbe} prints them; the first is measured here. */
  private static final List<String> FIGURES =
      List.of(
          "start to main, wall",
          "start to main, CPU",
          "first Socket, wall",
          "second Socket, wall",
          "first SocketChannel",
          "second SocketChannel");

  private final DriverOptions options;
  private final String idleAgent = AgentJars.idle().toString();

  StartupPart(DriverOptions options) {
    this.options = options;
  }

  void run() {
    System.out.println("JVM with the agent - JVM with an agent that does nothing, in ms");
    Figures[] with = figures();
    Figures[] without = figures();
    int pairs = options.pairs(PAIRS);
    for (int i = -WARM_UP_PAIRS; i < pairs; i++) {
      boolean agentFirst = i % 2 == 0;
      once(agentFirst, i < 0 ? figures() : agentFirst ? with : without);
      once(!agentFirst, i < 0 ? figures() : agentFirst ? without : with);
    }
    Lines.difference(FIGURES.get(0), Figures.differences(with[0], without[0]), BUDGET_MILLIS);
    Lines.detail("%.1f with, %.1f without", with[0].median(), without[0].median());
    for (int i = 1; i < FIGURES.size(); i++) {
      Lines.difference(FIGURES.get(i), Figures.differences(with[i], without[i]));
      Lines.detail("%.1f with, %.1f without", with[i].median(), without[i].median());
    }
  }

  private void once(boolean withAgent, Figures[] into) {
    long start = System.nanoTime();
    try (ChildJvm child =
        ChildJvm.start(
            withAgent ? options.agent().toString() : idleAgent,
            List.of("-Xshare:auto"),
            StartupProbe.class)) {
      child.line();
      into[0].add((System.nanoTime() - start) / NANOS_PER_MILLI);
      double[] nanos = child.numbers();
      for (int i = 0; i < nanos.length; i++) {
        into[i + 1].add(nanos[i] / NANOS_PER_MILLI);
      }
    }
  }

  private static Figures[] figures() {
    Figures[] figures = new Figures[FIGURES.size()];
    for (int i = 0; i < figures.length; i++) {
      figures[i] = new Figures();
    }
    return figures;
  }
}
