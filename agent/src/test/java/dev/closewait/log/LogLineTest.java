package dev.closewait.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLineTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "line feed, 000a, \\n",
    "carriage return, 000d, \\r",
    "tab, 0009, \\t",
    "escape, 001b, \\u001b",
    "zero, 0000, \\u0000",
    "delete, 007f, \\u007f",
    "control sequence introducer, 009b, \\u009b",
    "next line, 0085, \\u0085",
    "line separator, 2028, \\u2028",
    "paragraph separator, 2029, \\u2029",
    "right-to-left override, 202e, \\u202e",
    "zero-width joiner, 200d, \\u200d",
    "half a surrogate pair, d83e, \\ud83e",
    "the other half, dd80, \\udd80"
  })
  void escapesWhatWouldChangeTheTerminal(String name, String hex, String escaped) {
    String hostile = String.valueOf((char) Integer.parseInt(hex, 16));

    assertThat(new LogLine().append("a").append("b" + hostile + "c").toString())
        .isEqualTo("ab" + escaped + "c");
  }

  @Test
  void keepsTextOfAnyScript() {
    String text = "C:\\tmp \u00FC\u65E5\u672C\uD83E\uDD80 ~\"'{}";

    assertThat(new LogLine().append(text)).hasToString(text);
  }

  @Test
  void cutsALineThatIsTooLong() {
    String line = new LogLine().start().append("x".repeat(100_000)).end().toString();

    assertThat(line).hasSizeLessThan(4_100).endsWith("... (96010 more characters)\n");
  }

  @Test
  void endsWhereCausesGoInACircle() {
    IllegalStateException thrown = new IllegalStateException("a");
    thrown.initCause(new IllegalStateException("b", thrown));
    LogLine line = new LogLine().start();

    line.appendThrown(thrown, true);

    assertThat(line.toString().split("caused by", -1)).hasSize(9);
  }

  @Test
  void namesAnExceptionWithoutMessage() {
    LogLine line = new LogLine().append("read");

    line.appendThrown(new IllegalStateException(), false);

    assertThat(line).hasToString("read: java.lang.IllegalStateException");
  }
}
