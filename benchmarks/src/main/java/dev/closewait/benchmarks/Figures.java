package dev.closewait.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Measured values of one kind, and what is said of them: median, extremes, number. */
final class Figures {
  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    values.add(value);
  }

  double median() {
    return quantile(0.5);
  }

  /** Linear between the two nearest values. */
  double quantile(double fraction) {
    double[] sorted = sorted();
    double position = fraction * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = (int) Math.ceil(position);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  /** The values {@code after[i] / before[i]}. */
  static Figures ratios(Figures after, Figures before) {
    Figures ratios = new Figures();
    for (int i = 0; i < after.values.size(); i++) {
      ratios.add(after.values.get(i) / before.values.get(i));
    }
    return ratios;
  }

  /** The values {@code after[i] - before[i]}. */
  static Figures differences(Figures after, Figures before) {
    Figures differences = new Figures();
    for (int i = 0; i < after.values.size(); i++) {
      differences.add(after.values.get(i) - before.values.get(i));
    }
    return differences;
  }

  Figures times(double factor) {
    Figures scaled = new Figures();
    for (double value : values) {
      scaled.add(value * factor);
    }
    return scaled;
  }

  /** Median, middle half, extremes, number, with so many decimals. */
  String summary(int decimals) {
    String number = "%." + decimals + "f";
    return String.format(
        Locale.ROOT,
        number
            + "  (middle half "
            + number
            + " to "
            + number
            + ", min "
            + number
            + ", max "
            + number
            + ", %d values)",
        median(),
        quantile(0.25),
        quantile(0.75),
        quantile(0),
        quantile(1),
        values.size());
  }

  private double[] sorted() {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }
}
