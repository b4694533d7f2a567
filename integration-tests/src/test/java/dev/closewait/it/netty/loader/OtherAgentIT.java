package dev.closewait.it.netty.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.BuildPaths;
import dev.closewait.it.support.FinishedJvm;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.Jdk;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The OpenTelemetry agent, which adds handlers to Netty's pipelines, before and after ours. */
class OtherAgentIT {
  private static final String RUNS = "dev.closewait.it.netty.loader.Surroundings$Run#all";

  private static final String[] EXPORTS_NOTHING = {
    "-Dotel.traces.exporter=none", "-Dotel.metrics.exporter=none", "-Dotel.logs.exporter=none"
  };

  @ParameterizedTest
  @MethodSource(RUNS)
  void explainsNettyBehindTheOtherAgent(Surroundings.Run run) {
    JavaCommand command = program(run.jdk(), run.twin()).options(otherAgent());
    Surroundings.assertExplained(command, run, "io.netty");
  }

  @ParameterizedTest
  @MethodSource(RUNS)
  void explainsNettyBeforeTheOtherAgent(Surroundings.Run run) {
    JavaCommand command = program(run.jdk(), run.twin()).optionsAfterAgent(otherAgent());
    Surroundings.assertExplained(command, run, "io.netty");
  }

  @ParameterizedTest
  @MethodSource("dev.closewait.it.support.Jdks#all")
  void leavesOutputAsItIsWithTheOtherAgentAlone(Jdk jdk) {
    FinishedJvm alone = FinishedJvm.of(program(jdk, "fixed").options(otherAgent()));
    FinishedJvm behind = FinishedJvm.of(program(jdk, "fixed").options(otherAgent()).agent());
    FinishedJvm before =
        FinishedJvm.of(program(jdk, "fixed").agent().optionsAfterAgent(otherAgent()));
    assertThat(withoutPort(behind.stdout())).isEqualTo(withoutPort(alone.stdout()));
    assertThat(withoutPort(before.stdout())).isEqualTo(withoutPort(alone.stdout()));
    assertThat(behind.exitCode()).isEqualTo(alone.exitCode());
    assertThat(before.exitCode()).isEqualTo(alone.exitCode());
  }

  private static JavaCommand program(Jdk jdk, String twin) {
    return JavaCommand.on(jdk)
        .options(EXPORTS_NOTHING)
        .classPath(BuildPaths.testClasses(), Surroundings.path(Surroundings.nioJars()))
        .main(HalfClosureServer.class, twin);
  }

  private static String otherAgent() {
    return "-javaagent:" + Surroundings.surrounding("opentelemetry-javaagent");
  }

  private static String withoutPort(String output) {
    return output.replaceAll("port=\\d+", "port=?");
  }
}
