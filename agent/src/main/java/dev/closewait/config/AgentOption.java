package dev.closewait.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The options of the agent: the only list, from which parsing, help and README come. */
public enum AgentOption {
  THRESHOLD(
      "threshold",
      OptionType.LONG_DURATION,
      "10s",
      "threshold=30s",
      "A connection that stays in CLOSE_WAIT for longer than this is reported."),
  INTERVAL(
      "interval",
      OptionType.SHORT_DURATION,
      "5s",
      "interval=1s",
      "Time from one scan to the next."),
  REPORT(
      "report",
      OptionType.PATH,
      null,
      "report=/var/log/shop/closewait.json",
      "File for the JSON report; without it, reports go to standard error only."),
  APP_PACKAGES(
      "app-packages",
      OptionType.PACKAGES,
      null,
      "app-packages=com.acme;org.shop",
      "Packages, with the packages below them, that count as application code; without it,"
          + " everything that is neither a known library nor the JDK."),
  EXCLUDE(
      "exclude",
      OptionType.EXCLUSIONS,
      null,
      "exclude=com.acme.Probe.poll#closed by the peer's timeout",
      "A finding with a frame that matches a pattern is acceptable. A pattern is"
          + " package.Class.method or package.Class, * stands for any text, and the reason is"
          + " required."),
  MAX_CONNECTIONS(
      "max-connections",
      OptionType.LARGE_COUNT,
      "100000",
      "max-connections=20000",
      "Connections tracked at once; a report says when there were more."),
  MAX_EXAMPLES(
      "max-examples",
      OptionType.SMALL_COUNT,
      "5",
      "max-examples=20",
      "Example connections described for each leak; the others are only counted."),
  LOG_LEVEL(
      "log-level",
      OptionType.LEVEL,
      "info",
      "log-level=debug",
      "How much the agent says about itself on standard error; reports come at every level."),
  CONFIG(
      "config",
      OptionType.PATH,
      null,
      "config=/etc/shop/closewait.properties",
      "Properties file (UTF-8) with options that were not given elsewhere; each key with or"
          + " without the prefix closewait."),
  ENABLED(
      "enabled",
      OptionType.SWITCH,
      "true",
      "enabled=false",
      "false leaves the agent off, so that the -javaagent flag can stay where it is.");

  static final String PROPERTY_PREFIX = "closewait.";
  static final String ENVIRONMENT_PREFIX = "CLOSEWAIT_";

  private final String key;
  private final OptionType type;
  private final @Nullable String defaultText;
  private final String example;
  private final String help;

  AgentOption(
      String key, OptionType type, @Nullable String defaultText, String example, String help) {
    this.key = key;
    this.type = type;
    this.defaultText = defaultText;
    this.example = example;
    this.help = help;
  }

  /** The kebab-case name that users write. */
  public String key() {
    return key;
  }

  public OptionType type() {
    return type;
  }

  /** The default as a user would write it; null where the option is simply absent. */
  public @Nullable String defaultText() {
    return defaultText;
  }

  /** A whole {@code key=value} that the parser takes. */
  public String example() {
    return example;
  }

  /** One or two sentences that say what the option does. */
  public String help() {
    return help;
  }

  public String propertyName() {
    return PROPERTY_PREFIX.concat(key);
  }

  public String environmentName() {
    return ENVIRONMENT_PREFIX.concat(key.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  static @Nullable AgentOption ofKey(String key) {
    for (AgentOption option : values()) {
      if (option.key.equals(key)) {
        return option;
      }
    }
    return null;
  }
}
