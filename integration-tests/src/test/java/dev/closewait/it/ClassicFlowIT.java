package dev.closewait.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.Await;
import dev.closewait.it.support.BuildPaths;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.WatchedScenario;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
  private static final Duration ANSWER_TIME = Duration.ofMillis(500);
  private static final Duration LOOK_TIME = Duration.ofSeconds(3);

  /** What makes a way of the demo throw past its close. */
  private static final Map<String, String> THROWING =
      Map.of("ExceptionSkipsClose", "ORDER seven\n", "TruncatedOrder", "ORDER 7\nORD");

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
      return new DemoWays.Way(way, cause).marked().frame();
    }
  }

  private record Found(String cause, @Nullable String culprit) {}

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
      List<String> marked = rows.stream().map(Row::marked).toList();
      Await.checked(
          PATIENCE,
          () ->
              assertThat(demo.report().leaks())
                  .as("%s", demo)
                  .extracting(AgentReport.Leak::culprit)
                  .containsExactlyInAnyOrderElementsOf(marked));
      List<Found> expected =
          rows.stream().map(row -> new Found(row.cause(), row.marked())).toList();
      Await.checked(
          PATIENCE,
          () -> {
            leakOnceMore(demo);
            assertThat(demo.report().leaks())
                .as("%s", demo)
                .allSatisfy(leak -> assertThat(leak.count()).isGreaterThanOrEqualTo(CONNECTIONS))
                .extracting(leak -> new Found(leak.cause(), leak.culprit()))
                .containsExactlyInAnyOrderElementsOf(expected);
          });
      AgentReport last = demo.finish();
      assertThat(last.leaks()).hasSameSizeAs(rows);
      assertThat(last.hookErrors()).isEmpty();
    }
  }

  /** The agent looks closer once it has reported them: on a busy machine nobody knows when. */
  private static void leakOnceMore(WatchedScenario demo) throws IOException {
    for (Map.Entry<String, String> request : THROWING.entrySet()) {
      Matcher port =
          Pattern.compile("ready: " + request.getKey() + " .*port=(\\d+)")
              .matcher(demo.process().stdout());
      assertThat(port.find()).isTrue();
      try (Socket server =
          new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port.group(1)))) {
        server.getOutputStream().write(request.getValue().getBytes(StandardCharsets.US_ASCII));
        Await.pause(ANSWER_TIME);
        server.getInputStream().skipNBytes(server.getInputStream().available());
      }
    }
    Await.pause(LOOK_TIME);
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
