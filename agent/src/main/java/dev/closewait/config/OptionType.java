package dev.closewait.config;

/** What a value may look like, in words, and between which bounds. */
public enum OptionType {
  LONG_DURATION("duration in ms, s, m or h", "100ms", "24h"),
  SHORT_DURATION("duration in ms, s, m or h", "100ms", "1h"),
  LARGE_COUNT("count", "1", "10000000"),
  SMALL_COUNT("count", "1", "1000"),
  PATH("file", "", ""),
  PACKAGES("package;package", "", ""),
  EXCLUSIONS("pattern#reason;pattern#reason", "", ""),
  LEVEL("error, warn, info or debug", "", ""),
  SWITCH("true or false", "", "");

  private final String words;
  private final String least;
  private final String most;

  OptionType(String words, String least, String most) {
    this.words = words;
    this.least = least;
    this.most = most;
  }

  /** The form of the value. */
  String words() {
    return words;
  }

  /** The smallest number allowed, as a user would write it; empty for what is no number. */
  String least() {
    return least;
  }

  /** The largest number allowed, as a user would write it; empty for what is no number. */
  String most() {
    return most;
  }

  /** The form of the value with its bounds, where there are some. */
  String description() {
    return least.isEmpty() ? words : words + ", " + least + " to " + most;
  }
}
