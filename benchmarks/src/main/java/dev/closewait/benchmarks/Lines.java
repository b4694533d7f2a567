package dev.closewait.benchmarks;

import java.util.Locale;

/** How the driver prints a result: what, how much, and the budget for it. */
final class Lines {
  private static final String LABEL = "  %-34s ";

  private Lines() {}

  static void ratio(String label, Figures ratios, double budget) {
    System.out.printf(Locale.ROOT, LABEL + "%s  budget %.2f%n", label, ratios.summary(3), budget);
  }

  static void difference(String label, Figures differences, double budget) {
    System.out.printf(
        Locale.ROOT, LABEL + "%s  budget %.0f%n", label, differences.summary(1), budget);
  }

  static void difference(String label, Figures differences) {
    System.out.printf(Locale.ROOT, LABEL + "%s%n", label, differences.summary(1));
  }

  static void value(String label, double value, String unit, double budget) {
    System.out.printf(Locale.ROOT, LABEL + "%.1f %s  budget %.0f%n", label, value, unit, budget);
  }

  static void detail(String format, Object... values) {
    System.out.printf(Locale.ROOT, LABEL + format + "%n", merge("", values));
  }

  private static Object[] merge(String first, Object[] rest) {
    Object[] all = new Object[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }
}
