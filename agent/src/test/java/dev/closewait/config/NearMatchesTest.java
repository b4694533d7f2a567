package dev.closewait.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NearMatchesTest {
  @ParameterizedTest
  @CsvSource({
    "kitten, sitting, 3",
    "'', abc, 3",
    "abc, '', 3",
    "abc, abc, 0",
    "treshold, threshold, 1",
    "intervall, interval, 1"
  })
  void countsTheEdits(String from, String to, int distance) {
    assertThat(NearMatches.distance(from, to)).isEqualTo(distance);
  }

  @ParameterizedTest
  @EnumSource
  void findsAnOptionAfterAnySingleTypingError(AgentOption option) {
    String key = option.key();
    for (int i = 0; i < key.length(); i++) {
      assertThat(NearMatches.of(key.substring(0, i) + key.substring(i + 1))).contains(key);
      assertThat(NearMatches.of(key.substring(0, i) + "q" + key.substring(i))).contains(key);
      assertThat(NearMatches.of(key.substring(0, i) + "q" + key.substring(i + 1))).contains(key);
    }
  }

  @Test
  void measuresADistance() {
    Random random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      String a = word(random);
      String b = word(random);
      String c = word(random);
      int ab = NearMatches.distance(a, b);
      assertThat(ab).isEqualTo(NearMatches.distance(b, a));
      assertThat(ab == 0).isEqualTo(a.equals(b));
      assertThat(ab).isLessThanOrEqualTo(NearMatches.distance(a, c) + NearMatches.distance(c, b));
    }
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(7); i > 0; i--) {
      word.append((char) ('a' + random.nextInt(3)));
    }
    return word.toString();
  }
}
