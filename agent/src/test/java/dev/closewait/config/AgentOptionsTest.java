package dev.closewait.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

class AgentOptionsTest {
  @TempDir Path directory;

  @Test
  void hasDocumentedDefaultsWhenNothingIsGiven() throws OptionException {
    AgentOptions options = AgentOptions.parse(null, new Properties(), Map.of());

    assertThat(Duration.ofNanos(options.thresholdNanos())).isEqualTo(Duration.ofSeconds(10));
    assertThat(Duration.ofNanos(options.intervalNanos())).isEqualTo(Duration.ofSeconds(5));
    assertThat(options.reportPath()).isNull();
    assertThat(options.appPackages()).isEmpty();
    assertThat(options.exclusions()).isEmpty();
    assertThat(options.maxConnections()).isEqualTo(100_000);
    assertThat(options.maxExamples()).isEqualTo(5);
    assertThat(options.logLevel()).isEqualTo(Level.INFO);
    assertThat(options.enabled()).isTrue();
  }

  @Test
  void readsEveryOptionFromTheAgentArgument() throws OptionException {
    AgentOptions options =
        OptionsGiven.argument(
                "threshold=2m, interval=250ms, report=/tmp/x.json, app-packages=com.acme;org.shop,"
                    + "exclude=com.acme.A.b#known;*.Probe.*#probe, max-connections=7,"
                    + "max-examples=3, log-level=warn, enabled=false")
            .parsed();

    assertThat(Duration.ofNanos(options.thresholdNanos())).isEqualTo(Duration.ofMinutes(2));
    assertThat(Duration.ofNanos(options.intervalNanos())).isEqualTo(Duration.ofMillis(250));
    assertThat(options.reportPath()).isEqualTo("/tmp/x.json");
    assertThat(options.appPackages()).containsExactly("com.acme", "org.shop");
    assertThat(options.exclusions())
        .containsExactly(
            new Exclusion("com.acme.A.b", "known"), new Exclusion("*.Probe.*", "probe"));
    assertThat(options.maxConnections()).isEqualTo(7);
    assertThat(options.maxExamples()).isEqualTo(3);
    assertThat(options.logLevel()).isEqualTo(Level.WARN);
    assertThat(options.enabled()).isFalse();
  }

  @Test
  void prefersTheArgumentThenThePropertyThenTheVariableThenTheFile() throws Exception {
    String config = "config=" + file("max-examples=4\nthreshold=40s\ninterval=4s\nreport=file");

    AgentOptions options =
        OptionsGiven.argument(config + ",threshold=10s")
            .andProperty("closewait.threshold", "20s")
            .andProperty("closewait.interval", "2s")
            .andVariable("CLOSEWAIT_THRESHOLD", "30s")
            .andVariable("CLOSEWAIT_INTERVAL", "3s")
            .andVariable("CLOSEWAIT_REPORT", "variable")
            .parsed();

    assertThat(Duration.ofNanos(options.thresholdNanos())).isEqualTo(Duration.ofSeconds(10));
    assertThat(Duration.ofNanos(options.intervalNanos())).isEqualTo(Duration.ofSeconds(2));
    assertThat(options.reportPath()).isEqualTo("variable");
    assertThat(options.maxExamples()).isEqualTo(4);
  }

  @Test
  void findsTheFileThatAPropertyOrVariableNames() throws Exception {
    String file = file("max-examples=9").toString();

    assertThat(OptionsGiven.property("closewait.config", file).parsed().maxExamples()).isEqualTo(9);
    assertThat(OptionsGiven.variable("CLOSEWAIT_CONFIG", file).parsed().maxExamples()).isEqualTo(9);
  }

  @Test
  void leavesAloneWhatBelongsToOthers() throws OptionException {
    AgentOptions options =
        OptionsGiven.property("closewaiting", "x")
            .andProperty("threshold", "5")
            .andVariable("PATH", "/bin")
            .andVariable("CLOSEWAITING", "x")
            .andVariable("THRESHOLD", "5")
            .parsed();

    assertThat(options).isEqualTo(OptionsGiven.argument("").parsed());
  }

  @Test
  void saysWhereAWrongValueWasGiven() throws IOException {
    assertThat(OptionsGiven.argument("threshold=5").complaint())
        .isEqualTo("threshold=5 has no unit (write threshold=5s)");
    assertThat(OptionsGiven.property("closewait.threshold", "5").complaint())
        .isEqualTo(
            "threshold=5 has no unit (write threshold=5s) (system property closewait.threshold)");
    assertThat(OptionsGiven.variable("CLOSEWAIT_THRESHOLD", "5").complaint())
        .isEqualTo(
            "threshold=5 has no unit (write threshold=5s) (environment CLOSEWAIT_THRESHOLD)");
    Path file = file("threshold=5");
    assertThat(OptionsGiven.argument("config=" + file).complaint())
        .isEqualTo("threshold=5 has no unit (write threshold=5s) (file " + file + ")");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("closewait.properties"), text);
  }
}
