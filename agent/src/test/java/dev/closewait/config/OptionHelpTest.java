package dev.closewait.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionHelpTest {
  private static final String START = "<!-- options -->";
  private static final String END = "<!-- /options -->";

  @Test
  void isTheTableOfTheReadme() throws IOException {
    Path readme = projectRoot().resolve("README.md");
    assertThat(readme).as("README.md, which documents the options,").isRegularFile();
    String text = Files.readString(readme).replace("\r\n", "\n");
    assertThat(text).as("README.md has the option markers").containsOnlyOnce(START);
    assertThat(text).as("README.md has the option markers").containsOnlyOnce(END);

    String table = text.substring(text.indexOf(START) + START.length(), text.indexOf(END)).strip();

    assertThat(table)
        .as("the table between %s and %s in README.md (paste the expected one)", START, END)
        .isEqualTo(OptionHelp.markdownTable().strip());
  }

  /** The nearest directory above that has the agent in it; tests may run in either of them. */
  private static Path projectRoot() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(directory.resolve("agent/pom.xml"))) {
      assertThat(directory.getParent()).as("a directory with agent/pom.xml above").isNotNull();
      directory = directory.getParent();
    }
    return directory;
  }

  @Test
  void showsEveryOptionWithDefaultUnitAndExample() {
    for (AgentOption option : AgentOption.values()) {
      assertThat(OptionHelp.text())
          .contains(
              "\n  " + option.key() + "=" + option.type().description() + "; default ",
              option.example());
    }
    assertThat(OptionHelp.text())
        .contains("threshold=duration in ms, s, m or h, 100ms to 24h; default 10s\n");
  }

  @Test
  void fitsATerminal() {
    assertThat(OptionHelp.text().lines())
        .allSatisfy(line -> assertThat(line).matches("[ -~]{0,100}"));
  }

  @Test
  void hasRowsOfEquallyManyCells() {
    assertThat(OptionHelp.markdownTable().lines())
        .hasSize(2 + AgentOption.values().length)
        .allSatisfy(row -> assertThat(row.chars().filter(c -> c == '|').count()).isEqualTo(6));
  }
}
