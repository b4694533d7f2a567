package dev.closewait.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionFileTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("closewait.properties");
  }

  @Test
  void takesKeysWithAndWithoutPrefix() throws Exception {
    AgentOptions options =
        given(
                """
                # how we run it
                closewait.threshold = 20s
                interval: 2s
                app-packages=com.acme;\\
                             org.shop
                report=C:\\\\tmp\\\\\u65E5\u672C.json
                """)
            .parsed();

    assertThat(options.thresholdNanos()).isEqualTo(20_000_000_000L);
    assertThat(options.intervalNanos()).isEqualTo(2_000_000_000L);
    assertThat(options.appPackages()).containsExactly("com.acme", "org.shop");
    assertThat(options.reportPath()).isEqualTo("C:\\tmp\\\u65E5\u672C.json");
  }

  @Test
  void overlooksTheByteOrderMarkOfAWindowsEditor() throws Exception {
    assertThat(given("\uFEFFmax-examples=9\r\n").parsed().maxExamples()).isEqualTo(9);
  }

  @Test
  void takesAnEmptyFile() throws Exception {
    assertThat(given("").parsed()).isEqualTo(OptionsGiven.argument("").parsed());
  }

  @Test
  void refusesUnknownKeys() throws IOException {
    assertThat(given("closewait.treshold=5s").complaint())
        .isEqualTo("unknown option \"treshold\" (did you mean \"threshold\"?) (file " + file + ")");
  }

  @Test
  void refusesAKeyGivenTwice() throws IOException {
    assertThat(given("threshold=5s\nthreshold=6s").complaint())
        .isEqualTo("threshold is given twice (keep one) (file " + file + ")");
    assertThat(given("threshold=5s\nclosewait.threshold=5s").complaint())
        .startsWith("threshold=5s is given twice")
        .endsWith("(file " + file + ")");
  }

  @Test
  void refusesToNameAnotherFile() throws IOException {
    assertThat(given("config=other").complaint())
        .isEqualTo(
            "config=other stands in a config file (name one file, outside of it) (file "
                + file
                + ")");
  }

  @Test
  void explainsBackslashesThatTheFormatTookForEscapes() throws IOException {
    assertThat(given("report=C:\\tmp\\x.json").complaint())
        .contains(
            "contains a control character (in a properties file a backslash is written \\\\)");
    assertThat(given("report=C:\\users\\x.json").complaint())
        .isEqualTo("config file " + file + " has a wrong \\u escape (write a backslash as \\\\)");
  }

  @Test
  void saysWhyAFileCannotBeRead() {
    assertThat(OptionsGiven.argument("config=/no/such/file").complaint())
        .isEqualTo("config file /no/such/file cannot be read (No such file or directory)");
    assertThat(OptionsGiven.variable("CLOSEWAIT_CONFIG", directory.toString()).complaint())
        .isEqualTo(
            "config file "
                + directory
                + " cannot be read (Is a directory) (environment CLOSEWAIT_CONFIG)");
  }

  @Test
  void refusesAFileThatIsTooLargeToBeOne() throws IOException {
    assertThat(given("#".repeat(256 * 1024 + 1)).complaint()).contains("larger than 256 KiB");
  }

  private OptionsGiven given(String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.UTF_8);
    return OptionsGiven.argument("config=" + file);
  }
}
