package dev.closewait.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.BuildPaths;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.WatchedScenario;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A response that lies unread while its reader rests is not one that nobody reads. */
@Execution(ExecutionMode.CONCURRENT)
class SlowReaderIT {
  private static final String[] QUICK = {"threshold=500ms", "interval=250ms"};

  @ParameterizedTest
  @MethodSource("dev.closewait.it.support.Jdks#all")
  void callsNoSlowReaderLeak(Jdk jdk) {
    try (StubServer server = StubServer.start(new HttpProtocol());
        WatchedScenario scenario =
            WatchedScenario.start(
                JavaCommand.on(jdk)
                    .classPath(BuildPaths.classPathWithLibraries())
                    .main(
                        ClientProgram.class,
                        SlowReader.class.getName(),
                        ClientProgram.WORK,
                        String.valueOf(server.port())),
                QUICK)) {
      AgentReport last = scenario.finish();
      assertThat(server.accepted()).isEqualTo(4);
      assertThat(last.leaks()).isEmpty();
      assertThat(last.resolvedCauses()).isSubsetOf("BODY_NOT_CONSUMED");
      assertThat(scenario.process().stderr()).doesNotContain("LEAK  ");
      assertThat(last.hookErrors()).isEmpty();
    }
  }
}
