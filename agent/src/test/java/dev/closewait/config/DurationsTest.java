package dev.closewait.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "0s, 0",
    "250ms, 250000000",
    "30s, 30000000000",
    "2 m, 120000000000",
    "24h, 86400000000000",
    "99999999999999999999h, 9223372036854775807"
  })
  void readsNumberAndUnit(String text, long nanos) {
    assertThat(Durations.nanos(text)).isEqualTo(nanos);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "s", "-1s", "1.5s", "1d", "s30", "30S", "\u0663s"})
  void readsNothingElse(String text) {
    assertThat(Durations.nanos(text)).isNegative();
  }
}
