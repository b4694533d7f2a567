package dev.closewait.config;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.event.Level;

/** Reads the settings that are no numbers: paths, lists, the log level and the switch. */
final class OptionValues {
  private static final char LIST_SEPARATOR = ';';

  private OptionValues() {}

  static String path(Setting setting) throws OptionException {
    String path = setting.text();
    for (int i = 0; i < path.length(); i++) {
      if (Character.isISOControl(path.charAt(i))) {
        throw setting.wrong(
            "contains a control character", "in a properties file a backslash is written \\\\");
      }
    }
    return path;
  }

  /** Package names without the {@code .} or {@code .*} that people put at their end. */
  static List<String> packages(Setting setting) throws OptionException {
    List<String> packages = new ArrayList<>();
    for (String name : entries(setting)) {
      String packageName = withoutEnd(withoutEnd(name, "*"), ".");
      if (!isPackage(packageName)) {
        throw setting.wrong(
            "has \"" + Setting.quoted(name) + "\", which is not a package",
            "write " + setting.option().example());
      }
      packages.add(packageName);
    }
    return packages;
  }

  private static String withoutEnd(String text, String end) {
    return text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
  }

  private static boolean isPackage(String name) {
    boolean atStart = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '.' ? atStart : !isPartOfName(c, atStart)) {
        return false;
      }
      atStart = c == '.';
    }
    return !atStart;
  }

  private static boolean isPartOfName(char c, boolean atStart) {
    return atStart ? Character.isJavaIdentifierStart(c) : Character.isJavaIdentifierPart(c);
  }

  static List<Exclusion> exclusions(Setting setting) throws OptionException {
    List<Exclusion> exclusions = new ArrayList<>();
    for (String entry : entries(setting)) {
      exclusions.add(exclusion(setting, entry));
    }
    return exclusions;
  }

  private static Exclusion exclusion(Setting setting, String entry) throws OptionException {
    int hash = entry.indexOf('#');
    String pattern = hash < 0 ? entry : entry.substring(0, hash).strip();
    String reason = hash < 0 ? "" : entry.substring(hash + 1).strip();
    if (reason.isEmpty()) {
      throw setting.wrong(
          "has no reason for \"" + Setting.quoted(pattern) + "\"",
          "write exclude=" + Setting.quoted(pattern) + "#why it is acceptable");
    }
    if (!Exclusion.canMatch(pattern)) {
      throw setting.wrong(
          "has the pattern \"" + Setting.quoted(pattern) + "\", which names no class or method",
          "write package.Class.method, with * for any text");
    }
    return new Exclusion(pattern, reason);
  }

  private static List<String> entries(Setting setting) throws OptionException {
    List<String> entries = Separated.split(setting.text(), LIST_SEPARATOR);
    if (entries.isEmpty()) {
      throw setting.wrong("is an empty list", "write " + setting.option().example());
    }
    return entries;
  }

  static Level level(Setting setting) throws OptionException {
    for (Level level : Level.values()) {
      if (level != Level.TRACE && level.name().equalsIgnoreCase(setting.text())) {
        return level;
      }
    }
    throw setting.wrong("is not a level", "write " + setting.option().type().words());
  }

  static boolean flag(Setting setting) throws OptionException {
    boolean isTrue = setting.text().equalsIgnoreCase("true");
    if (!isTrue && !setting.text().equalsIgnoreCase("false")) {
      throw setting.wrong("is neither true nor false", "write " + setting.option().example());
    }
    return isTrue;
  }
}
