package dev.closewait.it.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.AgentReport.Leak;
import dev.closewait.it.support.Await;
import dev.closewait.it.support.BuildPaths;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.MarkedLine;
import dev.closewait.it.support.WatchedScenario;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several copies of Netty in one JVM. */
class NettyCopiesIT {
  @ParameterizedTest
  @MethodSource("dev.closewait.it.support.Jdks#all")
  void explainsPlainAndRelocatedCopyInTwoLoaders(Jdk jdk) throws IOException {
    JavaCommand command =
        JavaCommand.on(jdk)
            .main(
                TwoCopies.class,
                plainNetty(),
                PlainCopy.class.getName(),
                BuildPaths.classPathWithLibraries(),
                RelocatedCopy.class.getName());
    try (WatchedScenario scenario =
        WatchedScenario.start(command, "threshold=500ms", "interval=250ms")) {
      Await.checked(
          WatchedScenario.PATIENCE,
          () ->
              assertThat(scenario.report().leaks())
                  .extracting(Leak::cause, Leak::culprit, Leak::count)
                  .containsExactlyInAnyOrder(
                      expected(PlainCopy.class), expected(RelocatedCopy.class)));
      AgentReport report = scenario.report();
      assertThat(report.hookErrors()).isEmpty();
      assertThat(report.problems()).isEmpty();
      assertThat(report.leaks())
          .flatExtracting(Leak::connections)
          .extracting(AgentReport.Connection::transport)
          .containsOnly("NETTY_NIO");
    }
  }

  private static Tuple expected(Class<?> server) {
    return Tuple.tuple("READ_INTEREST_OFF", MarkedLine.of(server.getName()).frame(), 1);
  }

  private static String plainNetty() throws IOException {
    try (Stream<Path> jars = Files.list(Path.of("target", "libs", "netty41"))) {
      return Stream.concat(
              Stream.of(BuildPaths.testClasses()), jars.map(jar -> jar.toAbsolutePath().toString()))
          .collect(Collectors.joining(File.pathSeparator));
    }
  }
}
