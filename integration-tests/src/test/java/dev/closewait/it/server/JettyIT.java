package dev.closewait.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.Jdk;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Jetty under the agent: healthy, and made to leak. */
class JettyIT {
  private static final String JDKS = "dev.closewait.it.support.Jdks#all";

  @ParameterizedTest
  @MethodSource(JDKS)
  void findsNothingUnderLoad(Jdk jdk) throws Exception {
    HealthyRun.findsNothingUnderLoad(jdk, HealthyServer.Kind.JETTY);
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void resolvesLateAnswers(Jdk jdk) throws Exception {
    HealthyRun.resolvesLateAnswers(jdk, HealthyServer.Kind.JETTY);
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void namesTheHandlerThatBlocks(Jdk jdk) throws Exception {
    assertThat(LeakRun.onlyLeak(jdk, JettyBlockedRequest.class).cause()).isEqualTo("THREAD_STUCK");
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void namesWhoStartedJettyWhenNobodyCompletesTheCallback(Jdk jdk) throws Exception {
    assertThat(LeakRun.onlyLeak(jdk, JettyForgottenCallback.class).cause())
        .isEqualTo("READ_INTEREST_OFF");
  }
}
