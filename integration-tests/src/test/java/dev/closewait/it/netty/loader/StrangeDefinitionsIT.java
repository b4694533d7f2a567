package dev.closewait.it.netty.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.BuildPaths;
import dev.closewait.it.support.FinishedJvm;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.Jdk;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Class loaders that do what they may and what they may not. */
class StrangeDefinitionsIT {
  /** Of which a class file without a byte is defined. */
  private static final String CHANNEL = "io.netty.channel.AbstractChannel: ";

  @ParameterizedTest
  @MethodSource("dev.closewait.it.support.Jdks#all")
  void definesTheSameClassesWithTheAgent(Jdk jdk) {
    Path report = BuildPaths.newDirectory("definitions").resolve("report.json");
    FinishedJvm without = FinishedJvm.of(program(jdk));
    FinishedJvm with = FinishedJvm.of(program(jdk).agent("report=" + report));
    with.assertSameAs(without);
    assertThat(without.stdout())
        .contains(
            "by many threads: 2000", "by one loader: 1", "not a class: java.lang.ClassFormatError");
    AgentReport last = AgentReport.read(report);
    assertThat(last.hookErrors()).isEmpty();
    assertThat(last.problems())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("not instrumented: " + CHANNEL))
        .anyMatch(line -> line.startsWith("not instrumented: com.acme.channel.AbstractChannel: "));
  }

  private static JavaCommand program(Jdk jdk) {
    return JavaCommand.on(jdk)
        .classPath(BuildPaths.testClasses(), Surroundings.path(Surroundings.nioJars()))
        .main(StrangeDefinitions.class);
  }
}
