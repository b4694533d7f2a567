package dev.closewait.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.Await;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.KernelTable;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code SSLServerSocket} with a thread for each client: forgets to close, and its twin. */
class TlsServerSocketIT {
  private static final String JDKS = "dev.closewait.it.support.Jdks#all";
  private static final int CLIENTS = 3;

  @ParameterizedTest
  @MethodSource(JDKS)
  void namesTheWorkerThatForgetsToClose(Jdk jdk) throws Exception {
    assertThat(
            LeakRun.onlyLeak(
                    jdk, TlsWorkerForgetsClose.class, server -> server.askOverTlsAndHangUp(CLIENTS))
                .cause())
        .isIn("EOF_READ_NOT_CLOSED", "DEAD_NOT_CLOSED", "UNKNOWN");
  }

  @ParameterizedTest
  @MethodSource(JDKS)
  void findsNothingWhenTheWorkerCloses(Jdk jdk) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.leaking(jdk, TlsWorkerCloses.class)) {
      server.askOverTlsAndHangUp(CLIENTS);
      Await.checked(
          Duration.ofSeconds(10),
          () -> {
            assertThat(KernelTable.of(server.pid()).owned()).hasSize(1);
            assertThat(server.report().scans()).isPositive();
          });
      assertThat(server.stop().leaks()).isEmpty();
      assertThat(server.report().resolvedCauses()).isEmpty();
      assertThat(server.report().opened()).isGreaterThanOrEqualTo(CLIENTS);
    }
  }
}
