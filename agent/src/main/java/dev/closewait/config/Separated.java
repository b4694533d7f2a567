package dev.closewait.config;

import java.util.ArrayList;
import java.util.List;

/** Text cut at a separator, where a backslash directly before the separator keeps it. */
final class Separated {
  private Separated() {}

  /**
   * The parts, trimmed and without the empty ones. A backslash anywhere else stands for itself, so
   * that a Windows path needs no escapes.
   */
  static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == separator) {
        flush(part, parts);
      } else if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == separator) {
        part.append(separator);
        i++;
      } else {
        part.append(c);
      }
    }
    flush(part, parts);
    return parts;
  }

  private static void flush(StringBuilder part, List<String> parts) {
    String text = part.toString().strip();
    part.setLength(0);
    if (!text.isEmpty()) {
      parts.add(text);
    }
  }
}
