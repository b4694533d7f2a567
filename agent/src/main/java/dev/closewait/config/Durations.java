package dev.closewait.config;

/** Durations as options and commands write them: a whole number and one of the units. */
public final class Durations {
  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final long NANOS_PER_SECOND = 1_000 * NANOS_PER_MILLI;
  private static final long NANOS_PER_MINUTE = 60 * NANOS_PER_SECOND;
  private static final long NANOS_PER_HOUR = 60 * NANOS_PER_MINUTE;

  private Durations() {}

  /** The duration in nanoseconds, {@link Long#MAX_VALUE} at most; -1 when the text is none. */
  public static long nanos(String text) {
    int end = digitsEnd(text);
    long nanosPerUnit = nanosPerUnit(text.substring(end).strip());
    return end == 0 || nanosPerUnit == 0
        ? -1
        : multiply(number(text.substring(0, end)), nanosPerUnit);
  }

  /** Zero for what is no unit. */
  static long nanosPerUnit(String unit) {
    return switch (unit) {
      case "ms" -> NANOS_PER_MILLI;
      case "s" -> NANOS_PER_SECOND;
      case "m" -> NANOS_PER_MINUTE;
      case "h" -> NANOS_PER_HOUR;
      default -> 0;
    };
  }

  /** ASCII digits only: what Character.isDigit takes besides is no number to its reader. */
  static int digitsEnd(String text) {
    int end = 0;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  /** The number that the digits spell; one that does not fit becomes the largest long. */
  static long number(String digits) {
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      number = multiply(number, 10);
      number = number > Long.MAX_VALUE - digit ? Long.MAX_VALUE : number + digit;
    }
    return number;
  }

  private static long multiply(long number, long factor) {
    return number > Long.MAX_VALUE / factor ? Long.MAX_VALUE : number * factor;
  }
}
