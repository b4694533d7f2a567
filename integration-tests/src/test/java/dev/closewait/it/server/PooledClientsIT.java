package dev.closewait.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.AgentReport.Leak;
import dev.closewait.it.support.Await;
import dev.closewait.it.support.BuildPaths;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.JavaProcess;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.Jdks;
import dev.closewait.it.support.KernelTable;
import dev.closewait.it.support.MarkedLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Client libraries whose pool is idle while the server hangs up, in plain and over TLS. */
class PooledClientsIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int THRESHOLD_MILLIS = 1000;
  private static final int CONNECTIONS_EACH = 2;

  /**
   * Where the application asked the libraries that wait until they want to use a connection again.
   */
  private static final Map<HttpLoadClient.Library, Class<?>> CALLERS =
      Map.of(
          HttpLoadClient.Library.APACHE_HTTPCLIENT_5, ApacheLoadClient.class,
          HttpLoadClient.Library.OKHTTP, OkHttpLoadClient.class);

  static Stream<Arguments> patientPools() {
    return Jdks.all()
        .flatMap(jdk -> CALLERS.keySet().stream().sorted().map(lib -> Arguments.of(jdk, lib)));
  }

  @ParameterizedTest
  @MethodSource("patientPools")
  void suspectsPoolThatKeepsWhatTheServerEnded(Jdk jdk, HttpLoadClient.Library library)
      throws Exception {
    try (Pool pool = Pool.fill(jdk, library)) {
      pool.hangUp();
      Await.checked(
          SOON, () -> assertThat(pool.report().onlyLeak().count()).isEqualTo(2 * CONNECTIONS_EACH));
      Await.pause(Duration.ofMillis(7 * THRESHOLD_MILLIS));
      Leak suspect = pool.report().onlyLeak();
      assertThat(suspect.verdict()).as(suspect::toString).isEqualTo("SUSPECT");
      assertThat(suspect.cause()).as(suspect::toString).isEqualTo("POOLED_IDLE");
      assertThat(suspect.culprit())
          .as(suspect::toString)
          .isEqualTo(MarkedLine.of(CALLERS.get(library).getName()).frame());
      assertThat(suspect.count()).isEqualTo(2 * CONNECTIONS_EACH).isEqualTo(pool.kernelCloseWait());
      AgentReport last = pool.stop();
      assertThat(last.leaks()).isEmpty();
      assertThat(last.resolvedCauses()).containsExactly("POOLED_IDLE");
      assertThat(pool.stderr()).doesNotContain("LEAK  ");
    }
  }

  /**
   * It closes at once; the descriptor goes when its selector has run, which may take three seconds.
   */
  @ParameterizedTest
  @MethodSource("dev.closewait.it.support.Jdks#all")
  void findsNoLeakInPoolThatNoticesTheEnd(Jdk jdk) throws Exception {
    try (Pool pool = Pool.fill(jdk, HttpLoadClient.Library.JAVA_NET_HTTP)) {
      pool.hangUp();
      Await.checked(SOON, () -> assertThat(pool.kernelSockets()).isZero());
      AgentReport last = pool.stop();
      assertThat(last.leaks()).isEmpty();
      assertThat(last.resolvedCauses()).isSubsetOf("CLOSE_INEFFECTIVE");
      assertThat(pool.stderr()).doesNotContain("LEAK  ");
      assertThat(last.opened()).isEqualTo(2 * CONNECTIONS_EACH);
    }
  }

  /** sun.net.www.http.KeepAliveCache closes after five seconds what nobody uses. */
  @ParameterizedTest
  @MethodSource("dev.closewait.it.support.Jdks#all")
  void suspectsUrlConnectionUntilItsCacheCloses(Jdk jdk) throws Exception {
    try (Pool pool = Pool.fill(jdk, HttpLoadClient.Library.HTTP_URL_CONNECTION)) {
      pool.hangUp();
      Await.checked(
          SOON, () -> assertThat(pool.report().onlyLeak().count()).isEqualTo(2 * CONNECTIONS_EACH));
      Await.checked(SOON, () -> assertThat(pool.report().leaks()).isEmpty());
      assertThat(pool.kernelCloseWait()).isZero();
      assertThat(pool.stop().resolvedCauses()).containsExactly("POOLED_IDLE");
      assertThat(pool.stderr()).doesNotContain("LEAK  ");
    }
  }

  /** A client JVM with a full pool, and the two servers that it is connected to. */
  private record Pool(JavaProcess process, Path reportFile, List<HangUpServer> servers)
      implements AutoCloseable {

    static Pool fill(Jdk jdk, HttpLoadClient.Library library) throws Exception {
      Path directory = BuildPaths.newDirectory("pool");
      TlsKeys keys = TlsKeys.createIn(directory);
      HangUpServer plain = HangUpServer.start(ServerSocketFactory.getDefault(), CONNECTIONS_EACH);
      HangUpServer secure =
          HangUpServer.start(keys.context().getServerSocketFactory(), CONNECTIONS_EACH);
      Path report = directory.resolve("pool.json");
      JavaProcess process =
          JavaCommand.on(jdk)
              .agent("threshold=" + THRESHOLD_MILLIS + "ms", "interval=200ms", "report=" + report)
              .options(keys.trustOptions())
              .classPath(BuildPaths.classPathWithLibraries())
              .main(
                  IdlePool.class,
                  library.name(),
                  String.valueOf(CONNECTIONS_EACH),
                  String.valueOf(plain.port()),
                  String.valueOf(secure.port()))
              .start();
      Pool pool = new Pool(process, report, List.of(plain, secure));
      process.waitForStdoutLine(line -> line.startsWith("ready:"), SOON);
      return pool;
    }

    void hangUp() throws Exception {
      for (HangUpServer server : servers) {
        server.hangUp();
      }
    }

    AgentReport report() {
      return AgentReport.read(reportFile);
    }

    int kernelCloseWait() {
      return KernelTable.of(process.pid()).count(KernelTable.CLOSE_WAIT);
    }

    /** Connected and dead ones. */
    int kernelSockets() {
      KernelTable table = KernelTable.of(process.pid());
      return table.owned().size() + table.deadDescriptors();
    }

    String stderr() {
      return process.stderr();
    }

    AgentReport stop() {
      process.closeStdin();
      assertThat(process.waitForExit(SOON)).as(process::toString).isZero();
      return report();
    }

    @Override
    public void close() throws IOException {
      process.close();
      for (HangUpServer server : servers) {
        server.close();
      }
    }
  }
}
