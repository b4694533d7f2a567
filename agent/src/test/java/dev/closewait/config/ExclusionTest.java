package dev.closewait.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExclusionTest {
  @ParameterizedTest
  @CsvSource({
    "com.acme.Probe.poll, com.acme.Probe, poll, true",
    "com.acme.Probe.poll, com.acme.Probe, pollAll, false",
    "com.acme.Probe.poll, com.acme.Probe, lambda$poll$0, true",
    "com.acme.Probe.poll, com.acme.Probe, lambda$poll$inner$12, false",
    "com.acme.Probe.lambda$poll$0, com.acme.Probe, lambda$poll$0, true",
    "com.acme.Probe, com.acme.Probe, poll, true",
    "com.acme.Probe, com.acme.Prober, poll, false",
    "com.acme.Probe.<init>, com.acme.Probe, <init>, true",
    "com.acme.*, com.acme.sub.Probe, poll, true",
    "com.acme.*, com.acmeother.Probe, poll, false",
    "*.Probe.*, com.acme.Probe, poll, true",
    "*.Outer$Inner.run, com.acme.Outer$Inner, run, true",
    "com.*.poll, com.acme.Probe, poll, true",
    "com.*.poll, com.acme.Probe, read, false",
    "com.acme, com.acme.Probe, poll, false"
  })
  void meansTheFramesThatItNames(
      String pattern, String className, String methodName, boolean matches) {
    assertThat(new Exclusion(pattern, "reason").matches(className, methodName)).isEqualTo(matches);
  }

  @Test
  void takesEveryOtherCharacterLiterally() {
    Random random = new Random(11);
    for (int round = 0; round < 20_000; round++) {
      String pattern = word(random, "a.*b");
      String className = word(random, "a.b");
      String regex = ("\\Q" + pattern + "\\E").replace("*", "\\E.*\\Q");
      boolean expected =
          Pattern.matches(regex, className) || Pattern.matches(regex, className + ".m");
      assertThat(new Exclusion(pattern, "reason").matches(className, "m"))
          .as("%s on %s.m", pattern, className)
          .isEqualTo(expected);
    }
  }

  @Test
  @Timeout(10)
  void staysFastOnAPatternOfManyStars() {
    Exclusion exclusion = new Exclusion("*a".repeat(200) + "b", "reason");

    assertThat(exclusion.matches("a".repeat(5_000), "m")).isFalse();
  }

  private static String word(Random random, String letters) {
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      word.append(letters.charAt(random.nextInt(letters.length())));
    }
    return word.toString();
  }
}
