package dev.closewait.cli;

import dev.closewait.config.AgentOption;
import dev.closewait.config.AgentOptions;
import dev.closewait.config.OptionException;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The options for an agent in another process, checked before anything is sent to it.
 *
 * @param text as the agent takes it; its files do not depend on the directory that the process runs
 *     in
 * @param options what it means, before that process adds its own system properties and environment
 */
record AgentArgument(String text, AgentOptions options) {
  /** One between two entries; a backslash before a comma keeps it inside of a value. */
  private static final String SEPARATOR = "(?<!\\\\),";

  static AgentArgument of(List<String> given) throws CommandException {
    String text = withAbsolutePaths(String.join(",", given));
    try {
      AgentOptions options = AgentOptions.parse(text, new Properties(), Map.of());
      if (!options.enabled()) {
        throw CommandException.wrongUsage("enabled=false leaves the agent off; nothing was done");
      }
      return new AgentArgument(text, options);
    } catch (OptionException e) {
      throw CommandException.wrongUsage(e.getMessage() + "; nothing was done");
    }
  }

  private static String withAbsolutePaths(String text) {
    List<String> entries = new ArrayList<>();
    for (String entry : text.split(SEPARATOR, -1)) {
      int equals = entry.indexOf('=');
      String value = entry.substring(equals + 1).strip();
      boolean isFile = equals > 0 && isFile(entry.substring(0, equals).strip());
      entries.add(
          isFile && !value.isEmpty()
              ? entry.substring(0, equals + 1) + escaped(absolute(unescaped(value)))
              : entry);
    }
    return String.join(",", entries);
  }

  private static boolean isFile(String key) {
    return key.equals(AgentOption.REPORT.key()) || key.equals(AgentOption.CONFIG.key());
  }

  private static String absolute(String path) {
    return new File(path).getAbsolutePath();
  }

  private static String unescaped(String value) {
    return value.replace("\\,", ",");
  }

  private static String escaped(String value) {
    return value.replace(",", "\\,");
  }
}
