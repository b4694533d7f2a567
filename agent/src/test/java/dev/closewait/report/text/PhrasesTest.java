package dev.closewait.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhrasesTest {

  @ParameterizedTest(name = "{0} ms is {1}")
  @CsvSource({
    "-5, 0 ms",
    "0, 0 ms",
    "340, 340 ms",
    "999, 999 ms",
    "1000, 1 s",
    "41999, 41 s",
    "60000, 1 min",
    "252000, 4 min 12 s",
    "3600000, 1 h",
    "7500000, 2 h 5 min",
    "86400000, 1 d",
    "273600000, 3 d 4 h"
  })
  void saysDurationsAsPeopleDo(long millis, String words) {
    assertThat(Phrases.duration(millis * 1_000_000)).isEqualTo(words);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = ';',
      value = {"0; 0", "999; 999", "1000; 1,000", "-1234; -1,234", "1234567; 1,234,567"})
  void groupsThousands(long number, String words) {
    assertThat(Phrases.number(number)).isEqualTo(words);
  }

  @Test
  void groupsThousandsTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(Phrases.number(4_107)).isEqualTo("4,107");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void countsInSingularAndPlural() {
    assertThat(Phrases.count(1, "connection")).isEqualTo("1 connection");
    assertThat(Phrases.count(0, "connection")).isEqualTo("0 connections");
    assertThat(Phrases.count(1_204, "connection")).isEqualTo("1,204 connections");
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({"1.23, 1.2", "3.0, 3", "89.96, 90", "0.06, 0.1"})
  void showsOneDecimalOnlyWhenThereIsOne(double number, String words) {
    assertThat(Phrases.decimal(number)).isEqualTo(words);
  }

  @Test
  void escapesAllThatIsNotPrintableAscii() {
    assertThat(Phrases.ascii("a\n\r\t\u001b[2J\u007f\u009b\u00e9\u202e\ud800~ b"))
        .isEqualTo("a\\n\\r\\t\\u001b[2J\\u007f\\u009b\\u00e9\\u202e\\ud800~ b");
  }

  @Test
  void keepsBothEndsOfWhatIsTooLong() {
    assertThat(Phrases.shorten("com.acme.Generated(Shop.java:57)", 20))
        .hasSize(20)
        .isEqualTo("com.acme....java:57)");
    assertThat(Phrases.shorten("short", 5)).isEqualTo("short");
  }
}
