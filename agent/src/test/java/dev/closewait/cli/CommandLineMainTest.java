package dev.closewait.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.config.OptionHelp;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineMainTest {
  /** Larger than any process id of Linux (PID_MAX_LIMIT, include/linux/threads.h). */
  private static final String NO_PROCESS = "4194305";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void listsOptions() {
    assertThat(run("options")).isEqualTo(ExitCodes.DONE);
    assertThat(out).hasToString(OptionHelp.text());
    assertThat(err).hasToString("");
  }

  @Test
  void helpNamesEveryCommand() {
    assertThat(run("--help")).isEqualTo(ExitCodes.DONE);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("Usage: java -jar closewait-agent.jar")
        .contains("\n  states ", "\n  attach ", "\n  report ", "\n  options ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"states", "attach", "report", "options"})
  void everyCommandHasHelp(String command) {
    assertThat(run(command, "--help")).isEqualTo(ExitCodes.DONE);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("Usage: java -jar closewait-agent.jar " + command);
  }

  @Test
  void saysItsVersion() {
    assertThat(run("--version")).isEqualTo(ExitCodes.DONE);
    assertThat(out.toString(StandardCharsets.UTF_8)).matches("closewait \\S.*\\R");
  }

  @Test
  void wantsCommand() {
    assertWrongUsage("no command given", new String[0]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stats|Unmatched argument at index 0: 'stats'; did you mean \"states\"?",
        "states|Missing required parameter: 'PID'",
        "attach|Missing required parameter: 'PID'",
        "report|Missing required parameter: 'PID'",
        "states x|Invalid value for positional parameter at index 0 (PID): 'x' is not a long"
      })
  void saysWhatIsWrong(String arguments, String message) {
    assertWrongUsage(message, arguments.split(" ", -1));
  }

  private void assertWrongUsage(String message, String... arguments) {
    assertThat(run(arguments)).isEqualTo(ExitCodes.WRONG_USAGE);
    assertThat(out).hasToString("");
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualToNormalizingNewlines(
            "closewait: " + message + " (see java -jar closewait-agent.jar --help)\n");
  }

  @Test
  void checksOptionsBeforeTheProcess() {
    assertThat(run("attach", NO_PROCESS, "interval=1")).isEqualTo(ExitCodes.WRONG_USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("closewait: interval=1 has no unit")
        .endsWith("; nothing was done" + System.lineSeparator());
  }

  @ParameterizedTest
  @ValueSource(strings = {"30", "soon", "-1s", "s", "1d", ""})
  void checksTheDurationBeforeTheProcess(String duration) {
    assertThat(run("report", NO_PROCESS, "--for=" + duration)).isEqualTo(ExitCodes.WRONG_USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("closewait: --for " + duration + " is no duration (write --for 30s;")
        .hasLineCount(1);
  }

  @Test
  void saysThatItIsNotPackaged() {
    assertThat(run("attach", NO_PROCESS)).isEqualTo(ExitCodes.COULD_NOT);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("is not the agent's jar");
  }

  @Test
  void saysThatThereIsNothingToCount() {
    assertThat(run("states", NO_PROCESS)).isEqualTo(ExitCodes.COULD_NOT);
    assertThat(out).hasToString("");
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("closewait: ").hasLineCount(1);
  }

  private int run(String... arguments) {
    return CommandLineMain.run(stream(out), stream(err), arguments);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
