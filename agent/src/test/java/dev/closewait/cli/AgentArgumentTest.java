package dev.closewait.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentArgumentTest {

  @TempDir private Path directory;

  @Test
  void isEmptyWithoutOptions() throws CommandException {
    assertThat(of().text()).isEmpty();
  }

  @Test
  void keepsWhatNamesNoFile() throws CommandException {
    String given = "threshold=3s,exclude=com.acme.A.b#one\\, two,app-packages=com.acme;org.shop";

    AgentArgument argument = of(given);

    assertThat(argument.text()).isEqualTo(given);
    assertThat(argument.options().thresholdNanos()).isEqualTo(3_000_000_000L);
    assertThat(argument.options().exclusions()).hasSize(1);
  }

  @Test
  void joinsOptionsGivenApart() throws CommandException {
    assertThat(of("threshold=3s", "interval=1s").text()).isEqualTo("threshold=3s,interval=1s");
  }

  @Test
  void sendsAbsolutePathForRelativeOne() throws CommandException {
    AgentArgument argument = of("interval=1s,report=out/r.json");

    String absolute = new File("out/r.json").getAbsolutePath();
    assertThat(argument.text()).isEqualTo("interval=1s,report=" + absolute);
    assertThat(argument.options().reportPath()).isEqualTo(absolute);
  }

  @Test
  void keepsAbsolutePath() throws CommandException {
    String absolute = directory.resolve("r.json").toString();

    assertThat(of("report=" + absolute).text()).isEqualTo("report=" + absolute);
  }

  @Test
  void keepsCommaInPath() throws CommandException {
    AgentArgument argument = of("report=a\\,b.json,interval=1s");

    String absolute = new File("a,b.json").getAbsolutePath();
    assertThat(argument.options().reportPath()).isEqualTo(absolute);
    assertThat(argument.text()).endsWith("a\\,b.json,interval=1s");
  }

  @Test
  void sendsAbsolutePathOfConfigFile() throws CommandException, IOException {
    Path file = Files.createTempFile(Path.of("target").toAbsolutePath(), "options", ".properties");
    Files.writeString(file, "threshold=4s\n");

    AgentArgument argument = of("config=target/" + file.getFileName());

    assertThat(argument.text()).isEqualTo("config=" + file);
    assertThat(argument.options().thresholdNanos()).isEqualTo(4_000_000_000L);
    Files.delete(file);
  }

  @Test
  void refusesUnknownOption() {
    assertWrongUsage(
        "unknown option \"treshold\" (did you mean \"threshold\"?); nothing was done",
        "treshold=1s");
  }

  @Test
  void refusesFileWithoutName() {
    assertWrongUsage(
        "report= has no value (write report=/var/log/shop/closewait.json); nothing was done",
        "report=");
  }

  @Test
  void refusesToSwitchOff() {
    assertWrongUsage("enabled=false leaves the agent off; nothing was done", "enabled=false");
  }

  private static void assertWrongUsage(String message, String... given) {
    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(() -> of(given))
        .withMessage(message)
        .matches(e -> e.exitCode() == ExitCodes.WRONG_USAGE);
  }

  private static AgentArgument of(String... given) throws CommandException {
    return AgentArgument.of(List.of(given));
  }
}
