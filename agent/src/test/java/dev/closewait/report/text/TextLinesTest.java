package dev.closewait.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.report.text.TextLines.Colour;
import org.junit.jupiter.api.Test;

class TextLinesTest {

  private final TextLines lines = new TextLines(false);

  @Test
  void wrapsAtWordsWithinTheWidth() {
    lines.labelled("fix", "close it ".repeat(40).trim());

    assertThat(lines.toString().lines())
        .hasSize(4)
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(TextLines.WIDTH))
        .allSatisfy(line -> assertThat(line).doesNotEndWith(" "));
    assertThat(lines.toString()).startsWith("  fix       close").contains("\n            close");
  }

  @Test
  void neverBreaksAWord() {
    String word = "x".repeat(300);

    lines.labelled("fix", "a " + word + " b");

    assertThat(lines.toString())
        .isEqualTo("  fix       a\n            " + word + "\n            b\n");
  }

  @Test
  void cutsAnEndlessParagraph() {
    lines.paragraph(0, "word ".repeat(100_000));

    assertThat(lines.toString()).hasSizeLessThan(1_200).contains("...");
  }

  @Test
  void keepsFileAndLineOfAMonstrousFrame() {
    lines.noted("", Colour.NONE, "com.acme." + "\u00c4".repeat(60_000) + ".m(Monster.java:57)", "");

    assertThat(lines.toString()).hasSizeLessThan(400).endsWith("\\u00c4.m(Monster.java:57)\n");
  }

  @Test
  void alignsNotesAtOneColumn() {
    lines.noted("EOF read", Colour.NONE, "short(A.java:1)", "worker");

    assertThat(lines.toString().indexOf("worker")).isEqualTo(82);
  }

  @Test
  void movesALongNoteToTheLeft() {
    String note = "n".repeat(50);

    lines.noted("EOF read", Colour.NONE, "short(A.java:1)", note);

    assertThat(lines.toString())
        .isEqualTo(" ".repeat(2) + "EOF read  short(A.java:1)" + " ".repeat(33) + note + "\n");
  }

  @Test
  void putsANoteBelowAFrameThatLeavesNoSpace() {
    String frame = "f".repeat(97);

    lines.noted("EOF read", Colour.NONE, frame, "worker");

    assertThat(lines.toString())
        .isEqualTo("  EOF read  " + frame + "\n" + " ".repeat(82) + "worker\n");
  }

  @Test
  void letsNoTextForgeALine() {
    lines.paragraph(0, "a\nclosewait: no leaks");
    lines.noted("x\n", Colour.NONE, "b\n", "c\r");
    lines.sourced("", "HOOK", "d\n");
    lines.belowSourced("e\n");

    assertThat(lines.toString().lines()).hasSize(4);
  }

  @Test
  void coloursOnlyWhenAsked() {
    TextLines coloured = new TextLines(true);
    for (TextLines each : new TextLines[] {lines, coloured}) {
      each.heading(Colour.RED, "LEAK", "  9f31c2");
      each.noted("culprit", Colour.BOLD, "a\u001b[1m", "worker");
    }

    assertThat(lines.toString()).doesNotContain("\u001b");
    assertThat(coloured.toString()).contains("\u001b[1;31mLEAK\u001b[0m");
    assertThat(coloured.toString().replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(lines.toString());
  }
}
