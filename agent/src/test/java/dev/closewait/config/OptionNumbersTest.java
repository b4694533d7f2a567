package dev.closewait.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionNumbersTest {
  @ParameterizedTest
  @CsvSource({
    "100ms, PT0.1S",
    "1500ms, PT1.5S",
    "1s, PT1S",
    "90s, PT90S",
    "5 s, PT5S",
    "5m, PT5M",
    "24h, PT24H",
    "86400000ms, PT24H",
    "007s, PT7S"
  })
  void readsADurationWithItsUnit(String text, Duration duration) throws OptionException {
    assertThat(OptionsGiven.argument("threshold=" + text).parsed().thresholdNanos())
        .isEqualTo(duration.toNanos());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5 has no unit (write threshold=5s)",
        "0 has no unit (write threshold=0s)",
        "10000 has no unit (write threshold=10000ms)",
        "5min has the unknown unit \"min\" (the units are ms, s, m and h, as in threshold=30s)",
        "5S has the unknown unit \"S\" (the units are ms, s, m and h, as in threshold=30s)",
        "1d has the unknown unit \"d\" (the units are ms, s, m and h, as in threshold=30s)",
        "-5s is not a whole number with a unit (write threshold=30s)",
        "+5s is not a whole number with a unit (write threshold=30s)",
        "1.5s is not a whole number with a unit (write threshold=30s)",
        "5s5s is not a whole number with a unit (write threshold=30s)",
        "s is not a whole number with a unit (write threshold=30s)",
        "ten seconds is not a whole number with a unit (write threshold=30s)",
        "PT5S is not a whole number with a unit (write threshold=30s)",
        "null is not a whole number with a unit (write threshold=30s)",
        "\u0665s is not a whole number with a unit (write threshold=30s)",
        "0s is too short (write threshold=100ms or more)",
        "99ms is too short (write threshold=100ms or more)",
        "25h is too long (write threshold=24h or less)",
        "999999999999h is too long (write threshold=24h or less)",
        "9223372036854775808ms is too long (write threshold=24h or less)",
        "18446744073709551621s is too long (write threshold=24h or less)"
      })
  void explainsAWrongDuration(String complaint) {
    String text =
        complaint.substring(0, complaint.indexOf(complaint.contains(" is ") ? " is " : " has "));

    assertThat(OptionsGiven.argument("threshold=" + text).complaint())
        .isEqualTo("threshold=" + complaint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 is too small (write max-examples=1 or more)",
        "1001 is too large (write max-examples=1000 or less)",
        "99999999999999999999 is too large (write max-examples=1000 or less)",
        "4294967297 is too large (write max-examples=1000 or less)",
        "-1 is not a whole number (write max-examples=20)",
        "5k is not a whole number (write max-examples=20)",
        "5s is not a whole number (write max-examples=20)",
        "1_000 is not a whole number (write max-examples=20)",
        "\u0665 is not a whole number (write max-examples=20)"
      })
  void explainsAWrongCount(String complaint) {
    String text = complaint.substring(0, complaint.indexOf(" is "));

    assertThat(OptionsGiven.argument("max-examples=" + text).complaint())
        .isEqualTo("max-examples=" + complaint);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1000, 1000", "0012, 12"})
  void readsACount(String text, int count) throws OptionException {
    assertThat(OptionsGiven.argument("max-examples=" + text).parsed().maxExamples())
        .isEqualTo(count);
  }

  @ParameterizedTest
  @ValueSource(strings = {"interval=99ms", "interval=61m"})
  void hasNarrowerBoundsForTheInterval(String argument) {
    assertThat(OptionsGiven.argument(argument).complaint())
        .containsAnyOf("100ms or more", "1h or less");
  }
}
