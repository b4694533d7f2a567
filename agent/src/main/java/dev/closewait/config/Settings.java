package dev.closewait.config;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings of one source, or of all of them once they are merged; used by one thread. */
final class Settings {
  private final Map<AgentOption, Setting> byOption = new HashMap<>();

  void add(Setting setting) throws OptionException {
    if (setting.text().isEmpty()) {
      throw setting.wrong("has no value", "write " + setting.option().example());
    }
    Setting first = byOption.putIfAbsent(setting.option(), setting);
    if (first != null) {
      throw setting.wrong(
          "is given twice", "it was " + Setting.quoted(first.text()) + " before: keep one");
    }
  }

  /** Takes from a source of lower precedence what is not set yet. */
  void inherit(Settings lower) {
    for (AgentOption option : AgentOption.values()) {
      Setting setting = lower.byOption.get(option);
      if (setting != null) {
        byOption.putIfAbsent(option, setting);
      }
    }
  }

  /** What was set, or else the default of the option, or else null. */
  @Nullable Setting find(AgentOption option) {
    Setting setting = byOption.get(option);
    String defaultText = option.defaultText();
    return setting != null || defaultText == null
        ? setting
        : new Setting(option, defaultText, "default");
  }

  /** The setting of an option that has a default. */
  Setting get(AgentOption option) {
    Setting setting = find(option);
    if (setting == null) {
      throw new IllegalArgumentException(option.key() + " has no default");
    }
    return setting;
  }
}
