package dev.closewait.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.Jdk;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tomcat under the agent: healthy, and made to leak. */
class TomcatIT {
  private static final String JDKS = "dev.closewait.it.support.Jdks#all";

  @ParameterizedTest
  @MethodSource(JDKS)
  void findsNothingUnderLoad(Jdk jdk) throws Exception {
    HealthyRun.findsNothingUnderLoad(jdk, HealthyServer.Kind.TOMCAT);
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void resolvesLateAnswers(Jdk jdk) throws Exception {
    HealthyRun.resolvesLateAnswers(jdk, HealthyServer.Kind.TOMCAT);
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void namesTheServletThatBlocks(Jdk jdk) throws Exception {
    assertThat(LeakRun.onlyLeak(jdk, TomcatBlockedServlet.class).cause()).isEqualTo("THREAD_STUCK");
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void namesWhoStartedTomcatWhenNobodyCompletesTheAsyncContext(Jdk jdk) throws Exception {
    assertThat(LeakRun.onlyLeak(jdk, TomcatForgottenAsync.class).cause())
        .isEqualTo("READ_INTEREST_OFF");
  }
}
