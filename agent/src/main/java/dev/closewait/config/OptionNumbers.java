package dev.closewait.config;

/** Reads the settings that are numbers: durations with their unit, and counts. */
final class OptionNumbers {
  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final long NANOS_PER_SECOND = 1_000 * NANOS_PER_MILLI;
  private static final long NANOS_PER_MINUTE = 60 * NANOS_PER_SECOND;
  private static final long NANOS_PER_HOUR = 60 * NANOS_PER_MINUTE;

  /** From here on, a number without a unit was hardly meant as seconds. */
  private static final int FIRST_LIKELY_MILLIS = 1_000;

  private OptionNumbers() {}

  static long nanos(Setting setting) throws OptionException {
    String text = setting.text();
    int end = digitsEnd(text);
    String unit = text.substring(end).strip();
    if (end == 0 || !isLetters(unit)) {
      throw setting.wrong("is not a whole number with a unit", "write " + example(setting));
    }
    if (unit.isEmpty()) {
      throw withoutUnit(setting);
    }
    if (nanosPerUnit(unit) == 0) {
      throw setting.wrong(
          "has the unknown unit \"" + Setting.quoted(unit) + "\"",
          "the units are ms, s, m and h, as in " + example(setting));
    }
    OptionType type = setting.option().type();
    long nanos = nanosOf(text);
    if (nanos < nanosOf(type.least())) {
      throw setting.wrong("is too short", write(setting, type.least() + " or more"));
    }
    if (nanos > nanosOf(type.most())) {
      throw setting.wrong("is too long", write(setting, type.most() + " or less"));
    }
    return nanos;
  }

  private static OptionException withoutUnit(Setting setting) {
    String unit = number(setting.text()) < FIRST_LIKELY_MILLIS ? "s" : "ms";
    return setting.wrong("has no unit", write(setting, Setting.quoted(setting.text()) + unit));
  }

  static int count(Setting setting) throws OptionException {
    String text = setting.text();
    if (digitsEnd(text) < text.length()) {
      throw setting.wrong("is not a whole number", "write " + example(setting));
    }
    OptionType type = setting.option().type();
    long count = number(text);
    if (count < number(type.least())) {
      throw setting.wrong("is too small", write(setting, type.least() + " or more"));
    }
    if (count > number(type.most())) {
      throw setting.wrong("is too large", write(setting, type.most() + " or less"));
    }
    return (int) count;
  }

  private static String example(Setting setting) {
    return setting.option().example();
  }

  private static String write(Setting setting, String value) {
    return "write " + setting.option().key() + "=" + value;
  }

  private static long nanosOf(String duration) {
    int end = digitsEnd(duration);
    long nanosPerUnit = nanosPerUnit(duration.substring(end).strip());
    return multiply(number(duration.substring(0, end)), nanosPerUnit);
  }

  private static long nanosPerUnit(String unit) {
    return switch (unit) {
      case "ms" -> NANOS_PER_MILLI;
      case "s" -> NANOS_PER_SECOND;
      case "m" -> NANOS_PER_MINUTE;
      case "h" -> NANOS_PER_HOUR;
      default -> 0;
    };
  }

  /** ASCII digits only: what Character.isDigit takes besides is no number to its reader. */
  private static int digitsEnd(String text) {
    int end = 0;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private static boolean isLetters(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!Character.isLetter(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** The number that the digits spell; one that does not fit becomes the largest long. */
  private static long number(String digits) {
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
