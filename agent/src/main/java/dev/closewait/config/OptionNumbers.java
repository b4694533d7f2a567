package dev.closewait.config;

/** Reads the settings that are numbers: durations with their unit, and counts. */
final class OptionNumbers {
  /** From here on, a number without a unit was hardly meant as seconds. */
  private static final int FIRST_LIKELY_MILLIS = 1_000;

  private OptionNumbers() {}

  static long nanos(Setting setting) throws OptionException {
    String text = setting.text();
    int end = Durations.digitsEnd(text);
    String unit = text.substring(end).strip();
    if (end == 0 || !isLetters(unit)) {
      throw setting.wrong("is not a whole number with a unit", "write " + example(setting));
    }
    if (unit.isEmpty()) {
      throw withoutUnit(setting);
    }
    if (Durations.nanosPerUnit(unit) == 0) {
      throw setting.wrong(
          "has the unknown unit \"" + Setting.quoted(unit) + "\"",
          "the units are ms, s, m and h, as in " + example(setting));
    }
    OptionType type = setting.option().type();
    long nanos = Durations.nanos(text);
    if (nanos < Durations.nanos(type.least())) {
      throw setting.wrong("is too short", write(setting, type.least() + " or more"));
    }
    if (nanos > Durations.nanos(type.most())) {
      throw setting.wrong("is too long", write(setting, type.most() + " or less"));
    }
    return nanos;
  }

  private static OptionException withoutUnit(Setting setting) {
    String unit = Durations.number(setting.text()) < FIRST_LIKELY_MILLIS ? "s" : "ms";
    return setting.wrong("has no unit", write(setting, Setting.quoted(setting.text()) + unit));
  }

  static int count(Setting setting) throws OptionException {
    String text = setting.text();
    if (Durations.digitsEnd(text) < text.length()) {
      throw setting.wrong("is not a whole number", "write " + example(setting));
    }
    OptionType type = setting.option().type();
    long count = Durations.number(text);
    if (count < Durations.number(type.least())) {
      throw setting.wrong("is too small", write(setting, type.least() + " or more"));
    }
    if (count > Durations.number(type.most())) {
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

  private static boolean isLetters(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!Character.isLetter(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
