package dev.closewait.it.netty.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.AgentReport.Leak;
import dev.closewait.it.support.Await;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.Jdks;
import dev.closewait.it.support.KernelTable;
import dev.closewait.it.support.MarkedLine;
import dev.closewait.it.support.WatchedScenario;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs the half-closure server somewhere and holds the report to what it is everywhere. */
final class Surroundings {
  private static final String[] OPTIONS = {"threshold=500ms", "interval=250ms"};
  private static final String PROGRAM = HalfClosureServer.class.getName();

  private Surroundings() {}

  /** One JVM of a test, and whether the program leaks in it. */
  record Run(Jdk jdk, String twin) {

    static Stream<Run> all() {
      return Jdks.all().flatMap(jdk -> Stream.of(new Run(jdk, "leak"), new Run(jdk, "fixed")));
    }

    boolean leaks() {
      return twin.equals("leak");
    }

    @Override
    public String toString() {
      return twin + " on " + jdk;
    }
  }

  /**
   * Starts a command that ends in the half-closure server under the agent, and judges the report.
   */
  static void assertExplained(JavaCommand command, Run run, String copy) {
    try (WatchedScenario scenario = WatchedScenario.start(command, OPTIONS)) {
      if (run.leaks()) {
        assertLeak(scenario, copy);
      } else {
        Await.checked(
            WatchedScenario.PATIENCE,
            () -> assertThat(scenario.kernel().count(KernelTable.CLOSE_WAIT)).isZero());
      }
      AgentReport last = scenario.finish();
      assertThat(last.leaks()).as("%s", last).hasSize(run.leaks() ? 1 : 0);
      assertThat(last.opened()).as("%s", last).isGreaterThanOrEqualTo(2);
      assertThat(last.hookErrors()).isEmpty();
      assertThat(last.problems()).isEmpty();
    }
  }

  private static void assertLeak(WatchedScenario scenario, String copy) {
    Leak leak = scenario.awaitOnlyLeak("HALF_CLOSED");
    assertThat(leak.culprit()).isEqualTo(MarkedLine.of(PROGRAM).frame());
    assertThat(leak.connections())
        .singleElement()
        .satisfies(
            connection -> {
              assertThat(connection.transport()).isEqualTo("NETTY_NIO");
              assertThat(connection.json().at("/netty/copy").asString()).isEqualTo(copy);
              assertThat(connection.json().at("/netty/pipeline/0/class").asString())
                  .isEqualTo(PROGRAM + "$Discard");
            });
  }

  /** The jars that the build has copied into a directory under {@code target/libs}. */
  static List<String> jars(String directory) {
    try (Stream<Path> files = Files.list(Path.of("target", "libs", directory))) {
      return files.map(file -> file.toAbsolutePath().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The jars of Netty that an NIO server needs. */
  static List<String> nioJars() {
    return jars("netty42").stream()
        .filter(jar -> jar.matches(".*/netty-(common|buffer|resolver|transport)-[0-9][^/]*"))
        .toList();
  }

  static String surrounding(String jar) {
    return Path.of("target", "libs", "surroundings", jar + ".jar").toAbsolutePath().toString();
  }

  static String path(List<String> first, String... rest) {
    return Stream.concat(first.stream(), Stream.of(rest))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
