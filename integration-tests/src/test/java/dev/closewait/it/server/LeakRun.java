package dev.closewait.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.AgentReport.Leak;
import dev.closewait.it.support.Await;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.KernelTable;
import dev.closewait.it.support.MarkedLine;
import java.time.Duration;

/**
 * What is asked of each server program that leaks: one finding at the marked line, counted as the
 * kernel counts.
 */
final class LeakRun {
  private static final Duration IN_TIME = Duration.ofSeconds(30);
  private static final int CLIENTS = 3;

  private LeakRun() {}

  /** What the clients do, from connecting to hanging up. */
  @FunctionalInterface
  interface Visits {
    void to(ServerUnderTest server) throws Exception;
  }

  /** Plain and TLS clients hang up before any answer; the finding holds them all. */
  static Leak onlyLeak(Jdk jdk, Class<?> program) throws Exception {
    return onlyLeak(jdk, program, server -> server.askAndHangUp(CLIENTS, "/"));
  }

  /** The finding holds every connection that the kernel shows. */
  static Leak onlyLeak(Jdk jdk, Class<?> program, Visits visits) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.leaking(jdk, program)) {
      visits.to(server);
      Await.checked(IN_TIME, () -> assertLeak(server));
      KernelTable kernel = KernelTable.of(server.pid());
      Leak leak = server.stop().onlyLeak();
      assertThat(leak.culprit())
          .as(leak::toString)
          .isEqualTo(MarkedLine.of(program.getName()).frame());
      assertThat(leak.count())
          .as(kernel::toString)
          .isEqualTo(kernel.count(KernelTable.CLOSE_WAIT) + kernel.deadDescriptors());
      return leak;
    }
  }

  private static void assertLeak(ServerUnderTest server) {
    Leak leak = server.report().onlyLeak();
    assertThat(leak.verdict()).as(leak::toString).isEqualTo("LEAK");
    assertThat(leak.count()).as(leak::toString).isEqualTo(server.connections());
  }
}
