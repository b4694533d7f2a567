package dev.closewait.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.Await;
import dev.closewait.it.support.BuildPaths;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.WatchedScenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The four places at which a server loses the close, as the demo's README marks them, all in one
 * process: each is told apart from the others.
 */
@Execution(ExecutionMode.CONCURRENT)
class ClassicFlowIT {
  private static final Path TABLE = Path.of("..", "demo-app", "README.md");
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int CONNECTIONS = 3;

  /** The cause is the same in all ways of the first three places, and in none of the others. */
  private static final Map<String, List<String>> CAUSES =
      Map.of(
          "1", List.of("LISTENER_NOT_REGISTERED"),
          "2", List.of("NEVER_ACCEPTED"),
          "3", List.of("ACCEPTED_NEVER_READ"),
          "4", List.of("EOF_READ_NOT_CLOSED", "EXCEPTION_SKIPPED_CLOSE", "THREAD_STUCK"));

  /** A way of the table, and what the agent must say of it. */
  private record Row(String way, String flow, String cause) {
    static Row of(String line) {
      String[] cells = line.replace("`", "").split("\\s*\\|\\s*", -1);
      return new Row(cells[2], cells[3], cells[6].replaceFirst(",.*", ""));
    }

    String marked() {
      return DemoWays.named(way).marked().frame();
    }
  }

  private record Found(String cause, String culprit, int count) {}

  @Test
  void everyPlaceHasCausesOfItsOwn() throws IOException {
    Map<String, List<String>> causes =
        rows().stream()
            .collect(
                Collectors.groupingBy(
                    Row::flow,
                    Collectors.mapping(
                        Row::cause,
                        Collectors.collectingAndThen(
                            Collectors.toSet(), set -> set.stream().sorted().toList()))));
    assertThat(causes).isEqualTo(CAUSES);
  }

  @ParameterizedTest
  @MethodSource("dev.closewait.it.support.Jdks#all")
  void tellsThemApartInOneProcess(Jdk jdk) throws IOException {
    List<Row> rows = rows();
    try (WatchedScenario demo =
        WatchedScenario.start(demo(jdk, rows), "threshold=2s", "interval=500ms")) {
      Collection<Found> expected =
          rows.stream().map(row -> new Found(row.cause(), row.marked(), CONNECTIONS)).toList();
      Await.checked(
          PATIENCE,
          () ->
              assertThat(demo.report().leaks())
                  .as("%s", demo)
                  .extracting(leak -> new Found(leak.cause(), leak.culprit(), leak.count()))
                  .containsExactlyInAnyOrderElementsOf(expected));
      AgentReport last = demo.finish();
      assertThat(last.leaks()).hasSameSizeAs(rows);
      assertThat(last.hookErrors()).isEmpty();
    }
  }

  private static JavaCommand demo(Jdk jdk, List<Row> rows) {
    String[] arguments =
        Stream.concat(
                Stream.of("--seconds", "0", "--connections", String.valueOf(CONNECTIONS)),
                rows.stream().map(Row::way))
            .toArray(String[]::new);
    return JavaCommand.on(jdk)
        .classPath(BuildPaths.demoJar().toString())
        .main("dev.closewait.demo.Demo", arguments);
  }

  private static List<Row> rows() throws IOException {
    return Files.readAllLines(TABLE).stream()
        .filter(line -> line.matches("\\|[^|]+\\| `\\w+` \\| [1-4] \\|.*"))
        .map(Row::of)
        .toList();
  }
}
