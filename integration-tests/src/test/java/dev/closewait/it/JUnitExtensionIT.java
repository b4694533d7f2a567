package dev.closewait.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.FinishedJvm;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.MarkedLine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JUnit extension in a JVM of a user's tests, with and without the agent. */
class JUnitExtensionIT {
  private static final String TESTS = "dev.closewait.it.scenario.ExtendedSample";
  private static final String JDKS = "dev.closewait.it.support.Jdks#all";

  @ParameterizedTest
  @MethodSource(JDKS)
  void failsTheTestThatLeavesItsConnectionOpen(Jdk jdk) {
    FinishedJvm run = FinishedJvm.of(tests(jdk).agent());

    assertThat(run.stdout())
        .contains("succeeded: 1\n", "failed: leaking()\n")
        .contains("SocketLeakError: leaking() left 1 connection open that the peer had closed\n")
        .contains("Suppressed: opened here\n", "Suppressed: end of stream read here\n")
        .contains("\t\tat " + MarkedLine.of(TESTS).frame() + "\n")
        .doesNotContain("java.net.CloseWait");
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void saysHowToStartTheAgentWhenItDoesNotRun(Jdk jdk) {
    FinishedJvm run = FinishedJvm.of(tests(jdk));

    assertThat(run.stdout())
        .contains("succeeded: 0\n")
        .contains("closewait does not run: add -javaagent:closewait-agent.jar");
  }

  private static JavaCommand tests(Jdk jdk) {
    return JavaCommand.on(jdk).classPath(System.getProperty("java.class.path")).main(TESTS);
  }
}
