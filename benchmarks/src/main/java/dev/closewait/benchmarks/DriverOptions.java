package dev.closewait.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the driver measures, and how long.
 *
 * @param agent the agent's jar
 * @param parts names of the parts to run
 * @param effort number of slices or JVM starts, relative to the default of 1
 * @param connections how many are held open at once
 */
record DriverOptions(Path agent, List<String> parts, double effort, int connections) {
  static final List<String> ALL_PARTS =
      List.of("slices", "netty", "churn", "startup", "loading", "connections");

  static final String USAGE =
      """
      usage: OverheadDriver [--agent JAR] [--parts LIST] [--effort FACTOR] [--connections N]
        --agent JAR        the agent to measure (default: the one in agent/target)
        --parts LIST       of slices,netty,churn,startup,loading,connections (default: all)
        --effort FACTOR    number of pairs relative to the default: 0.2 for a quick look (default: 1)
        --connections N    connections held open at once (default: 15000)
      """;

  static DriverOptions parse(String[] arguments) {
    Path agent = null;
    List<String> parts = ALL_PARTS;
    double effort = 1;
    int connections = 15_000;
    for (int i = 0; i < arguments.length; i += 2) {
      String value = i + 1 < arguments.length ? arguments[i + 1] : null;
      switch (arguments[i]) {
        case "--agent" -> agent = Path.of(given(value));
        case "--parts" -> parts = parts(given(value));
        case "--effort" -> effort = Double.parseDouble(given(value));
        case "--connections" -> connections = Integer.parseInt(given(value));
        default -> throw new IllegalArgumentException("unknown: " + arguments[i]);
      }
    }
    return new DriverOptions(
        agent == null ? AgentJars.packaged() : agent, parts, effort, connections);
  }

  /** So many pairs, or fewer by the effort asked for; three at least. */
  int pairs(int usual) {
    return Math.max(3, (int) Math.round(usual * effort));
  }

  private static String given(@Nullable String value) {
    if (value == null) {
      throw new IllegalArgumentException("the last option lacks its value");
    }
    return value;
  }

  private static List<String> parts(String list) {
    List<String> parts = new ArrayList<>(Arrays.asList(list.split(",", -1)));
    parts.removeAll(ALL_PARTS);
    if (!parts.isEmpty()) {
      throw new IllegalArgumentException("unknown parts: " + parts);
    }
    return Arrays.asList(list.split(",", -1));
  }
}
