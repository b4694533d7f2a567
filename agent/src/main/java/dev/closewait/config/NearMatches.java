package dev.closewait.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds the options that somebody may have meant by an unknown key. */
final class NearMatches {
  private static final int SHORTEST_FRAGMENT = 3;
  private static final int LONGEST_KEY = 40;

  private NearMatches() {}

  static OptionException unknown(String key, String origin) {
    return new OptionException(
        "unknown option \"" + Setting.quoted(key) + "\"" + hint(key) + Setting.suffix(origin));
  }

  private static String hint(String key) {
    List<String> matches = of(key);
    return matches.isEmpty()
        ? " (the options are " + allKeys() + ")"
        : " (did you mean \"" + String.join("\" or \"", matches) + "\"?)";
  }

  /** The keys a few edits away, or else those that contain the key or are part of it. */
  static List<String> of(String key) {
    List<String> matches = new ArrayList<>();
    String wanted = key.toLowerCase(Locale.ROOT);
    if (wanted.length() > LONGEST_KEY) {
      return matches;
    }
    int mostEdits = Math.max(1, wanted.length() / 3);
    for (AgentOption option : AgentOption.values()) {
      if (distance(wanted, option.key()) <= mostEdits) {
        matches.add(option.key());
      }
    }
    return matches.isEmpty() ? sharingText(wanted) : matches;
  }

  private static List<String> sharingText(String wanted) {
    List<String> matches = new ArrayList<>();
    for (AgentOption option : AgentOption.values()) {
      boolean isPart = wanted.length() >= SHORTEST_FRAGMENT && option.key().contains(wanted);
      if (isPart || wanted.contains(option.key())) {
        matches.add(option.key());
      }
    }
    return matches;
  }

  /** The Levenshtein distance: insertions, deletions and replacements from one text to another. */
  static int distance(String from, String to) {
    int[] previous = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] current = new int[to.length() + 1];
      current[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[to.length()];
  }

  private static String allKeys() {
    StringBuilder keys = new StringBuilder();
    for (AgentOption option : AgentOption.values()) {
      keys.append(keys.isEmpty() ? "" : ", ").append(option.key());
    }
    return keys.toString();
  }
}
