package dev.closewait.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.Jdk;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JDK's own HTTP server under the agent: healthy, and made to leak. */
class JdkHttpServerIT {
  private static final String JDKS = "dev.closewait.it.support.Jdks#all";

  @ParameterizedTest
  @MethodSource(JDKS)
  void findsNothingUnderLoad(Jdk jdk) throws Exception {
    HealthyRun.findsNothingUnderLoad(jdk, HealthyServer.Kind.JDK);
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void resolvesLateAnswers(Jdk jdk) throws Exception {
    HealthyRun.resolvesLateAnswers(jdk, HealthyServer.Kind.JDK);
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void namesTheHandlerThatBlocks(Jdk jdk) throws Exception {
    assertThat(LeakRun.onlyLeak(jdk, JdkBlockedExchange.class).cause()).isEqualTo("THREAD_STUCK");
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void namesTheHandlerThatAnswersAndDoesNotCloseTheExchange(Jdk jdk) throws Exception {
    assertThat(
            LeakRun.onlyLeak(
                    jdk,
                    JdkUnclosedExchange.class,
                    server -> server.readAndHangUp(3, JdkUnclosedExchange.LAST_BYTES))
                .cause())
        .isEqualTo("UNKNOWN");
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void namesWhoBoundTheServerWhenTheExchangeIsForgotten(Jdk jdk) throws Exception {
    assertThat(LeakRun.onlyLeak(jdk, JdkUnansweredExchange.class).cause()).isEqualTo("UNKNOWN");
  }
}
