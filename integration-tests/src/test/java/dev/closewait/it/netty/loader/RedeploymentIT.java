package dev.closewait.it.netty.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.BuildPaths;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.WatchedScenario;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An application with its own Netty that is deployed again and again. */
class RedeploymentIT {
  private static final String DEPLOYMENTS = "50";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @ParameterizedTest
  @MethodSource("dev.closewait.it.support.Jdks#all")
  void holdsNoClassLoaderOfWhatWasUndeployed(Jdk jdk) {
    JavaCommand command =
        JavaCommand.on(jdk)
            .options("-Xmx256m")
            .main(
                Redeployments.class,
                DEPLOYMENTS,
                Surroundings.path(Surroundings.nioJars(), BuildPaths.testClasses()),
                DeployedServer.class.getName());
    try (WatchedScenario scenario =
        WatchedScenario.start(command, "threshold=500ms", "interval=250ms")) {
      String end = scenario.process().waitForStdoutLine(line -> line.endsWith(" left"), PATIENCE);
      assertThat(end).isEqualTo(DEPLOYMENTS + " deployed, 0 left");
      AgentReport last = scenario.finish();
      assertThat(last.opened()).isGreaterThanOrEqualTo(2 * Integer.parseInt(DEPLOYMENTS));
      assertThat(last.leaks()).isEmpty();
      assertThat(last.hookErrors()).isEmpty();
      assertThat(last.problems()).isEmpty();
    }
  }
}
