package dev.closewait.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionSourcesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", ",", " , ,", "enabled=true,", ",enabled=true", "enabled = true "})
  void takesAnArgumentThatSaysNothingNew(String argument) throws OptionException {
    assertThat(OptionsGiven.argument(argument).parsed())
        .isEqualTo(OptionsGiven.argument("").parsed());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Windows path           | C:\\tmp\\x.json          | C:\\tmp\\x.json",
        "path on a server       | \\\\host\\share\\x.json  | \\\\host\\share\\x.json",
        "escaped comma          | /a\\,b.json              | /a,b.json",
        "backslash before both  | C:\\a\\,b\\c.json        | C:\\a,b\\c.json",
        "backslash at the end   | C:\\tmp\\                | C:\\tmp\\",
        "equals sign            | /a=b.json                | /a=b.json",
        "semicolon              | /a;b.json                | /a;b.json",
        "space inside           | /a b.json                | /a b.json",
        "other scripts          | /\u65E5\u672C/\uD83E\uDD80.json |"
            + " /\u65E5\u672C/\uD83E\uDD80.json",
        "the word null          | null                     | null"
      })
  void keepsTheTextOfAPath(String name, String written, String path) throws OptionException {
    assertThat(OptionsGiven.argument("report=" + written).parsed().reportPath()).isEqualTo(path);
    assertThat(OptionsGiven.argument("report=" + written + " ,max-examples=1").parsed())
        .returns(path, AgentOptions::reportPath)
        .returns(1, AgentOptions::maxExamples);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown option \"treshold\" (did you mean \"threshold\"?)",
        "unknown option \"Threshold\" (did you mean \"threshold\"?)",
        "unknown option \"maxExamples\" (did you mean \"max-examples\"?)",
        "unknown option \"max\" (did you mean \"max-connections\" or \"max-examples\"?)",
        "unknown option \"closewait.threshold\" (did you mean \"threshold\"?)"
      })
  void namesTheNearestOptions(String complaint) {
    String key = complaint.split("\"", 3)[1];

    assertThat(OptionsGiven.argument(key + "=5s").complaint()).isEqualTo(complaint);
    assertThat(OptionsGiven.property("closewait." + key, "5s").complaint())
        .isEqualTo(complaint + " (system property closewait." + key + ")");
  }

  @Test
  void listsAllOptionsWhenNoneIsNear() {
    assertThat(OptionsGiven.argument("colour=blue").complaint())
        .isEqualTo(
            "unknown option \"colour\" (the options are threshold, interval, report, app-packages,"
                + " exclude, max-connections, max-examples, log-level, config, enabled)");
  }

  @Test
  void refusesAnUnknownKeyThoughAnotherSourceIsRight() {
    assertThat(
            OptionsGiven.argument("threshold=5s")
                .andVariable("CLOSEWAIT_TRESHOLD", "5s")
                .complaint())
        .isEqualTo(
            "unknown option \"treshold\" (did you mean \"threshold\"?)"
                + " (environment CLOSEWAIT_TRESHOLD)");
  }

  @Test
  void findsAPropertyAmongTheDefaultsOfReplacedProperties() throws OptionException {
    Properties inherited = new Properties();
    inherited.setProperty("closewait.max-examples", "7");

    AgentOptions options = AgentOptions.parse(null, new Properties(inherited), Map.of());

    assertThat(options.maxExamples()).isEqualTo(7);
  }

  @Test
  void leavesAlonePropertiesThatAreNoText() throws OptionException {
    Properties properties = new Properties();
    properties.put(42, "closewait.threshold");
    properties.put("other", 42);

    assertThat(AgentOptions.parse(null, properties, Map.of()))
        .isEqualTo(OptionsGiven.argument("").parsed());
  }

  @Test
  void tellsHowAVariableIsWritten() {
    assertThat(OptionsGiven.variable("CLOSEWAIT_max-examples", "5").complaint())
        .isEqualTo("environment variable CLOSEWAIT_max-examples is written CLOSEWAIT_MAX_EXAMPLES");
  }

  @Test
  void explainsTheSeparatorsWhenAListWasWrittenWithCommas() {
    assertThat(OptionsGiven.argument("app-packages=com.acme,org.shop").complaint())
        .isEqualTo(
            "\"org.shop\" is not key=value (separate the values of a list with ; and write a comma"
                + " inside a value as \\,)");
  }

  @Test
  void refusesAKeyGivenTwice() {
    assertThat(OptionsGiven.argument("threshold=5s,threshold=6s").complaint())
        .isEqualTo("threshold=6s is given twice (it was 5s before: keep one)");
  }

  @Test
  void cutsWhatIsTooLongForALine() {
    String junk = "x".repeat(100_000);

    assertThat(
            List.of(
                OptionsGiven.argument(junk).complaint(),
                OptionsGiven.argument(junk + "=1").complaint(),
                OptionsGiven.argument("threshold=" + junk).complaint(),
                OptionsGiven.argument("threshold=5" + junk).complaint(),
                OptionsGiven.argument("exclude=" + junk).complaint(),
                OptionsGiven.argument("app-packages=" + junk + "-").complaint(),
                OptionsGiven.property("closewait." + junk, "1").complaint(),
                OptionsGiven.variable("CLOSEWAIT_" + junk, "1").complaint()))
        .allSatisfy(complaint -> assertThat(complaint).hasSizeLessThan(400));
  }

  @Test
  void eitherTakesOrExplainsAnyText() {
    Random random = new Random(20_261_120);
    String[] pieces = {
      "threshold",
      "interval",
      "exclude",
      "app-packages",
      "max-examples",
      "log-level",
      "report",
      "=",
      ",",
      ";",
      "\\",
      "#",
      "*",
      ".",
      " ",
      "5",
      "s",
      "ms",
      "-",
      "\u0000",
      "\n",
      "\uD83E",
      "\u0665",
      "null",
      "true",
      "9999999999999999999"
    };
    for (int round = 0; round < 20_000; round++) {
      StringBuilder argument = new StringBuilder();
      for (int i = random.nextInt(12); i >= 0; i--) {
        argument.append(pieces[random.nextInt(pieces.length)]);
      }
      assertTakenOrExplained(argument.toString());
    }
  }

  private static void assertTakenOrExplained(String argument) {
    try {
      AgentOptions options = OptionsGiven.argument(argument).parsed();
      assertThat(options.thresholdNanos()).as(argument).isPositive();
      assertThat(options.intervalNanos()).as(argument).isPositive();
      assertThat(options.maxExamples()).as(argument).isPositive();
    } catch (OptionException e) {
      assertThat(e.getMessage()).as(argument).contains("(").endsWith(")");
    }
  }
}
