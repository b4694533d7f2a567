package dev.closewait.config;

import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Collects the settings of the agent argument, the system properties and the environment. */
final class OptionSources {
  private OptionSources() {}

  /** {@code key=value,key=value}; a comma inside a value is written {@code \,}. */
  static Settings agentArgument(@Nullable String agentArgument) throws OptionException {
    Settings settings = new Settings();
    if (agentArgument == null || agentArgument.isEmpty()) {
      return settings;
    }
    List<String> entries = Separated.split(agentArgument, ',');
    for (int i = 0; i < entries.size(); i++) {
      settings.add(entry(entries.get(i)));
    }
    return settings;
  }

  private static Setting entry(String entry) throws OptionException {
    int equals = entry.indexOf('=');
    if (equals >= 0) {
      return new Setting(
          known(entry.substring(0, equals).strip(), ""), entry.substring(equals + 1).strip(), "");
    }
    AgentOption option = AgentOption.ofKey(entry);
    if (option != null) {
      return new Setting(option, "", "");
    }
    if (!NearMatches.of(entry).isEmpty()) {
      throw NearMatches.unknown(entry, "");
    }
    throw new OptionException(
        "\""
            + Setting.quoted(entry)
            + "\" is not key=value (separate the values of a list with ; and write a comma inside"
            + " a value as \\,)");
  }

  /** Every property that begins with {@code closewait.} has to be an option. */
  static Settings systemProperties(Properties properties) throws OptionException {
    // Not stringPropertyNames: it copies all properties and loads a dozen classes for that.
    Enumeration<Object> names = properties.keys();
    while (names.hasMoreElements()) {
      if (names.nextElement() instanceof String name
          && name.startsWith(AgentOption.PROPERTY_PREFIX)) {
        known(name.substring(AgentOption.PROPERTY_PREFIX.length()), originOfProperty(name));
      }
    }
    Settings settings = new Settings();
    for (AgentOption option : AgentOption.values()) {
      String name = option.propertyName();
      String text = properties.getProperty(name);
      if (text != null) {
        settings.add(new Setting(option, text.strip(), originOfProperty(name)));
      }
    }
    return settings;
  }

  private static String originOfProperty(String name) {
    return "system property ".concat(Setting.quoted(name));
  }

  /** Every variable that begins with {@code CLOSEWAIT_} has to be an option. */
  static Settings environment(Map<String, String> environment) throws OptionException {
    for (String name : environment.keySet()) {
      if (name.startsWith(AgentOption.ENVIRONMENT_PREFIX)) {
        checkVariable(name);
      }
    }
    Settings settings = new Settings();
    for (AgentOption option : AgentOption.values()) {
      String name = option.environmentName();
      String text = environment.get(name);
      if (text != null) {
        settings.add(new Setting(option, text.strip(), originOfVariable(name)));
      }
    }
    return settings;
  }

  private static void checkVariable(String name) throws OptionException {
    String rest = name.substring(AgentOption.ENVIRONMENT_PREFIX.length());
    String key = rest.toLowerCase(Locale.ROOT).replace('_', '-');
    AgentOption option = known(key, originOfVariable(name));
    if (!option.environmentName().equals(name)) {
      throw new OptionException(
          "environment variable " + name + " is written " + option.environmentName());
    }
  }

  private static String originOfVariable(String name) {
    return "environment ".concat(Setting.quoted(name));
  }

  /** The option of that key, or the complaint that there is none. */
  static AgentOption known(String key, String origin) throws OptionException {
    AgentOption option = AgentOption.ofKey(key);
    if (option == null) {
      throw NearMatches.unknown(key, origin);
    }
    return option;
  }
}
