package dev.closewait.log;

import org.jspecify.annotations.Nullable;

/**
 * Builds the text of one message: a line, or at debug level a few, each with the prefix. What was
 * handed in cannot begin a line of its own or change how a terminal shows others.
 */
final class LogLine {
  private static final String PREFIX = "closewait: ";
  private static final int MOST_CHARS_PER_LINE = 4_000;
  private static final int MOST_FRAMES = 60;
  private static final int MOST_CAUSES = 8;
  private static final String HEX_DIGITS = "0123456789abcdef";

  private final StringBuilder text = new StringBuilder(160);
  private int lineStart;

  LogLine start() {
    lineStart = text.length();
    text.append(PREFIX);
    return this;
  }

  LogLine end() {
    text.append('\n');
    return this;
  }

  /** Appends with control characters escaped, and cuts what would make the line too long. */
  LogLine append(String part) {
    for (int i = 0; i < part.length(); i++) {
      if (text.length() - lineStart > MOST_CHARS_PER_LINE) {
        text.append("... (").append(part.length() - i).append(" more characters)");
        return this;
      }
      char c = part.charAt(i);
      if (isHarmless(c) || isPair(part, i)) {
        text.append(c);
      } else {
        appendEscaped(c);
      }
    }
    return this;
  }

  /** Appends {@code : type: message}; at debug level lines for frames and causes follow. */
  void appendThrown(Throwable thrown, boolean withStack) {
    append(": ").appendType(thrown);
    Throwable current = withStack ? thrown : null;
    for (int i = 0; current != null && i < MOST_CAUSES; i++) {
      appendFrames(current.getStackTrace());
      current = current.getCause();
      if (current != null) {
        end().start().append("  caused by ").appendType(current);
      }
    }
  }

  private void appendType(Throwable thrown) {
    append(thrown.getClass().getName());
    String message = messageOf(thrown);
    if (message != null) {
      append(": ").append(message);
    }
  }

  /** An exception class of the application may do anything in its getMessage. */
  static @Nullable String messageOf(Throwable thrown) {
    try {
      return thrown.getMessage();
    } catch (Throwable e) {
      return "(its getMessage threw ".concat(e.getClass().getName()).concat(")");
    }
  }

  private void appendFrames(StackTraceElement[] frames) {
    for (int i = 0; i < frames.length && i < MOST_FRAMES; i++) {
      end().start().append("    at ").append(frames[i].toString());
    }
    if (frames.length > MOST_FRAMES) {
      end().start().append("    ... ").append(Integer.toString(frames.length - MOST_FRAMES));
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /** Printable ASCII, or anything beyond it that neither controls nor reorders the line. */
  private static boolean isHarmless(char c) {
    if (c < 0x7f) {
      return c >= ' ';
    }
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.SURROGATE;
  }

  /** UTF-8 has no form for half a surrogate pair. */
  private static boolean isPair(String part, int i) {
    char c = part.charAt(i);
    return Character.isHighSurrogate(c)
        ? i + 1 < part.length() && Character.isLowSurrogate(part.charAt(i + 1))
        : Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(part.charAt(i - 1));
  }

  private void appendEscaped(char c) {
    switch (c) {
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      default -> {
        text.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          text.append(HEX_DIGITS.charAt(c >> shift & 0xf));
        }
      }
    }
  }
}
