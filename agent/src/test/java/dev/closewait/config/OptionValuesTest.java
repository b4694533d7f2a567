package dev.closewait.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

class OptionValuesTest {
  @ParameterizedTest
  @ValueSource(strings = {"com.acme", "com.acme.", "com.acme.*", " com.acme ; "})
  void takesAPackageAsPeopleWriteIt(String text) throws OptionException {
    assertThat(OptionsGiven.argument("app-packages=" + text).parsed().appPackages())
        .containsExactly("com.acme");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com/acme",
        "com..acme",
        ".acme",
        "*",
        ".",
        "com.*.shop",
        "1com",
        "a-b",
        "com acme"
      })
  void refusesWhatIsNoPackage(String text) {
    assertThat(OptionsGiven.argument("app-packages=org.shop;" + text).complaint())
        .isEqualTo(
            "app-packages=org.shop;%s has \"%s\", which is not a package (write"
                    .formatted(text, text)
                + " app-packages=com.acme;org.shop)");
  }

  @ParameterizedTest
  @CsvSource({
    "app-packages, app-packages=com.acme;org.shop",
    "exclude, exclude=com.acme.Probe.poll#closed by the peer's timeout"
  })
  void refusesAListOfNothing(String key, String example) {
    assertThat(OptionsGiven.argument(key + "=;;").complaint())
        .isEqualTo(key + "=;; is an empty list (write " + example + ")");
  }

  @Test
  void keepsSeparatorsThatBelongToAReason() throws OptionException {
    assertThat(OptionsGiven.argument("exclude=a.B.c#x\\;y\\, z #2;d.E#e").parsed().exclusions())
        .containsExactly(new Exclusion("a.B.c", "x;y, z #2"), new Exclusion("d.E", "e"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.B.c", "a.B.c#", "a.B.c # "})
  void asksForTheReason(String text) {
    assertThat(OptionsGiven.argument("exclude=" + text).complaint())
        .endsWith(" has no reason for \"a.B.c\" (write exclude=a.B.c#why it is acceptable)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "*.*", "", "poll", "a/B.c", "a.B.c(B.java:3)", "a.B c"})
  void refusesAPatternThatMeansNoneOrAll(String pattern) {
    assertThat(OptionsGiven.argument("exclude=" + pattern + "#reason").complaint())
        .contains("has the pattern \"" + pattern + "\", which names no class or method")
        .endsWith("(write package.Class.method, with * for any text)");
  }

  @ParameterizedTest
  @CsvSource({"error, ERROR", "warn, WARN", "info, INFO", "debug, DEBUG", "DEBUG, DEBUG"})
  void readsALevel(String text, Level level) throws OptionException {
    assertThat(OptionsGiven.argument("log-level=" + text).parsed().logLevel()).isEqualTo(level);
  }

  @ParameterizedTest
  @ValueSource(strings = {"trace", "warning", "verbose", "null", "20"})
  void namesTheLevels(String text) {
    assertThat(OptionsGiven.argument("log-level=" + text).complaint())
        .isEqualTo("log-level=" + text + " is not a level (write error, warn, info or debug)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no", "0", "off", "null"})
  void takesOnlyTrueAndFalseForASwitch(String text) {
    assertThat(OptionsGiven.argument("enabled=" + text).complaint())
        .isEqualTo("enabled=" + text + " is neither true nor false (write enabled=false)");
  }

  @Test
  void refusesAPathWithControlCharacters() {
    assertThat(OptionsGiven.argument("report=C:\tmp").complaint())
        .isEqualTo(
            "report=C:\tmp contains a control character (in a properties file a backslash is"
                + " written \\\\)");
    assertThat(OptionsGiven.argument("report=/tmp/\u0000").complaint())
        .contains("contains a control character");
  }
}
