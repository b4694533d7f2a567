package dev.closewait.report.text;

import java.nio.charset.StandardCharsets;

/** The lines of one text report: escapes, wraps, aligns and colours them. */
final class TextLines {

  static final int WIDTH = 110;

  private static final int LABEL_COLUMN = 2;
  private static final int TEXT_COLUMN = 12;
  private static final int SOURCED_COLUMN = 22;
  private static final int NOTE_COLUMN = 82;
  private static final int MAX_PARAGRAPH = 1000;

  /** Longer names are machine-made; the file and line at the end of a frame are kept. */
  private static final int MAX_UNBROKEN = 300;

  private static final String RESET = "\u001b[0m";

  /** How a piece of text stands out on a terminal (ECMA-48, section 8.3.117). */
  enum Colour {
    NONE(""),
    BOLD("\u001b[1m"),
    RED("\u001b[1;31m"),
    YELLOW("\u001b[1;33m");

    private final String code;

    Colour(String code) {
      this.code = code;
    }
  }

  private final StringBuilder out = new StringBuilder(2048);
  private final boolean coloured;

  TextLines(boolean coloured) {
    this.coloured = coloured;
  }

  boolean isEmpty() {
    return out.length() == 0;
  }

  byte[] toBytes() {
    return out.toString().getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return out.toString();
  }

  void blank() {
    out.append('\n');
  }

  /** A paragraph with all its lines indented, those after the first at least a little. */
  void paragraph(int indent, String text) {
    pad(indent);
    wrap(indent, Math.max(indent, LABEL_COLUMN), text);
  }

  /** A heading with a coloured first word. */
  void heading(Colour colour, String word, String rest) {
    paint(colour, word);
    wrap(word.length(), LABEL_COLUMN, rest);
  }

  /** A paragraph with a word in front; an empty label continues the one above. */
  void labelled(String label, String text) {
    int column = label(label);
    wrap(column, column, text);
  }

  /** A paragraph with a label and the source of what it says in front. */
  void sourced(String label, String source, String text) {
    int column = label(label);
    out.append(source);
    pad(SOURCED_COLUMN - column - source.length());
    wrap(SOURCED_COLUMN, SOURCED_COLUMN, text);
  }

  /**
   * One line that is never broken, such as a stack frame, with a note at its right or, for want of
   * space, below.
   */
  void noted(String label, Colour colour, String text, String note) {
    int column = label(label);
    String line = unbroken(text);
    String escapedNote = Phrases.ascii(note);
    paint(colour, line);
    if (!escapedNote.isEmpty()) {
      appendNote(column + line.length(), escapedNote);
    }
    out.append('\n');
  }

  /** One line that is never broken, below the text of {@link #sourced}. */
  void belowSourced(String text) {
    pad(SOURCED_COLUMN);
    out.append(unbroken(text)).append('\n');
  }

  private static String unbroken(String text) {
    return Phrases.shorten(Phrases.ascii(text), MAX_UNBROKEN);
  }

  private void appendNote(int end, String note) {
    int column = Math.max(TEXT_COLUMN, Math.min(NOTE_COLUMN, WIDTH - note.length()));
    if (end + 2 <= column) {
      pad(column - end);
    } else if (end + 2 + note.length() <= WIDTH) {
      pad(2);
    } else {
      out.append('\n');
      pad(column);
    }
    out.append(note);
  }

  /** Writes the label and returns the column that comes next. */
  private int label(String label) {
    int width = Math.max(TEXT_COLUMN - LABEL_COLUMN, label.length() + 1);
    String escaped = Phrases.ascii(label);
    pad(LABEL_COLUMN);
    out.append(escaped);
    pad(width - escaped.length());
    return LABEL_COLUMN + Math.max(width, escaped.length());
  }

  private void wrap(int startColumn, int indent, String text) {
    String rest = Phrases.shorten(Phrases.ascii(text), MAX_PARAGRAPH);
    int column = startColumn;
    int from = 0;
    while (from < rest.length()) {
      int to = wordEnd(rest, from);
      if (column + to - from > WIDTH && column > indent) {
        from = skipSpaces(rest, from);
        out.append('\n');
        pad(indent);
        column = indent;
      }
      out.append(rest, from, to);
      column += to - from;
      from = to;
    }
    out.append('\n');
  }

  /** End of the spaces at this place and of the word behind them. */
  private static int wordEnd(String text, int from) {
    int end = text.indexOf(' ', skipSpaces(text, from));
    return end < 0 ? text.length() : end;
  }

  private static int skipSpaces(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) == ' ') {
      i++;
    }
    return i;
  }

  private void paint(Colour colour, String text) {
    if (coloured && colour != Colour.NONE) {
      out.append(colour.code).append(text).append(RESET);
    } else {
      out.append(text);
    }
  }

  private void pad(int count) {
    for (int i = 0; i < count; i++) {
      out.append(' ');
    }
  }
}
