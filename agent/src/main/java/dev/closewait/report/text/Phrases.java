package dev.closewait.report.text;

/** Numbers and names as people write them. */
public final class Phrases {

  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final long MILLIS_PER_SECOND = 1_000L;
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Phrases() {}

  /** {@code 340 ms}, {@code 41 s}, {@code 4 min 12 s}, {@code 2 h 5 min}, {@code 3 d 4 h}. */
  public static String duration(long nanos) {
    long millis = Math.max(0, nanos / NANOS_PER_MILLI);
    if (millis < MILLIS_PER_SECOND) {
      return millis + " ms";
    }
    long seconds = millis / MILLIS_PER_SECOND;
    if (seconds < MINUTE) {
      return seconds + " s";
    }
    if (seconds < HOUR) {
      return twoUnits(seconds / MINUTE, " min", seconds % MINUTE, " s");
    }
    if (seconds < DAY) {
      return twoUnits(seconds / HOUR, " h", seconds % HOUR / MINUTE, " min");
    }
    return twoUnits(seconds / DAY, " d", seconds % DAY / HOUR, " h");
  }

  private static String twoUnits(long large, String largeUnit, long small, String smallUnit) {
    String first = number(large) + largeUnit;
    return small == 0 ? first : first + " " + small + smallUnit;
  }

  /** {@code 1 connection}, {@code 1,204 connections}. */
  public static String count(long count, String noun) {
    return number(count) + " " + noun + (count == 1 ? "" : "s");
  }

  /** The age of one, or of the oldest of many, as the end of a phrase that counts them. */
  static String ages(long count, long oldestNanos) {
    return (count == 1 ? " for " : ", oldest ") + duration(oldestNanos);
  }

  /** With a comma at each thousand, in every locale. */
  public static String number(long number) {
    String digits = Long.toString(number);
    int firstDigit = number < 0 ? 1 : 0;
    StringBuilder grouped = new StringBuilder(digits);
    for (int i = digits.length() - 3; i > firstDigit; i -= 3) {
      grouped.insert(i, ',');
    }
    return grouped.toString();
  }

  /** With one decimal, unless that is a zero. */
  static String decimal(double number) {
    long tenths = Math.round(number * 10);
    String whole = number(tenths / 10);
    return tenths % 10 == 0 ? whole : whole + "." + tenths % 10;
  }

  /**
   * Printable ASCII only: everything else as an escape, so that a name can neither forge a line nor
   * steer a terminal.
   */
  public static String ascii(String text) {
    int i = 0;
    while (i < text.length() && isPrintable(text.charAt(i))) {
      i++;
    }
    if (i == text.length()) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, i);
    for (; i < text.length(); i++) {
      appendEscaped(escaped, text.charAt(i));
    }
    return escaped.toString();
  }

  /** At most this many characters, the middle left out. */
  static String shorten(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int head = (max - 3) / 2;
    int tail = max - 3 - head;
    return text.substring(0, head) + "..." + text.substring(text.length() - tail);
  }

  private static boolean isPrintable(char c) {
    return c >= ' ' && c <= '~';
  }

  private static void appendEscaped(StringBuilder escaped, char c) {
    if (isPrintable(c)) {
      escaped.append(c);
    } else if (c == '\n') {
      escaped.append("\\n");
    } else if (c == '\r') {
      escaped.append("\\r");
    } else if (c == '\t') {
      escaped.append("\\t");
    } else {
      escaped.append("\\u");
      for (int shift = 12; shift >= 0; shift -= 4) {
        escaped.append(Character.forDigit(c >> shift & 0xF, 16));
      }
    }
  }
}
