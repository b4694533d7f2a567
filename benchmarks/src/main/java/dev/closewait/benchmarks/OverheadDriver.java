package dev.closewait.benchmarks;

import java.io.IOException;
import java.util.Locale;

/**
 * Measures what the agent costs a whole JVM, in alternating pairs with and without it, and prints
 * the ratios beside their budgets.
 *
 * <p>Nothing fails: a ratio is as good as the machine is calm.
 */
public final class OverheadDriver {
  private OverheadDriver() {}

  /** See {@link DriverOptions#USAGE}. */
  public static void main(String[] arguments) throws IOException {
    DriverOptions options;
    try {
      options = DriverOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(DriverOptions.USAGE);
      System.exit(2);
      return;
    }
    System.out.printf(
        Locale.ROOT,
        "%s, %s, %d processors, agent %s%n",
        System.getProperty("java.vm.name"),
        System.getProperty("java.runtime.version"),
        Runtime.getRuntime().availableProcessors(),
        options.agent().getFileName());
    for (String part : options.parts()) {
      long start = System.nanoTime();
      System.out.printf("%n");
      run(part, options);
      System.out.printf(
          Locale.ROOT, "(%.0f s)%n", (double) (System.nanoTime() - start) / 1_000_000_000);
    }
  }

  private static void run(String part, DriverOptions options) throws IOException {
    switch (part) {
      case "slices" -> new SlicePart(options).run();
      case "netty" -> new SlicePart(options).runNetty();
      case "churn" -> new ChurnPart(options).run();
      case "startup" -> new StartupPart(options).run();
      case "loading" -> new LoadingPart(options).run();
      case "connections" -> new ConnectionsPart(options).run();
      default -> throw new IllegalArgumentException(part);
    }
  }
}
