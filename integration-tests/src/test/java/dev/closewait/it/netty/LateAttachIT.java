package dev.closewait.it.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.AgentReport.Connection;
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
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An agent that is attached to a JVM in which Netty's channels are open already. */
@Execution(ExecutionMode.CONCURRENT)
class LateAttachIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration SIX_THRESHOLDS = Duration.ofSeconds(7);

  /** One JVM and the version of Netty in it. */
  record Attached(Jdk jdk, String libraries) {
    static Stream<Attached> all() {
      return Jdks.all()
          .flatMap(jdk -> Stream.of(new Attached(jdk, "netty41"), new Attached(jdk, "netty42")));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.closewait.it.netty.LateAttachIT$Attached#all")
  void explainsWhatIsOpenedLaterAndClaimsNothingOfTheRest(Attached attached) throws IOException {
    Path report = BuildPaths.newDirectory("late").resolve("report.json");
    try (JavaProcess servers = start(attached, "leak")) {
      hangUp(servers, "earlier", 2);
      attach(attached.jdk(), servers, report);
      hangUp(servers, "earlier", 4);
      servers.closeStdin();
      hangUp(servers, "later", 6);

      Await.checked(SOON, () -> check(AgentReport.read(report), servers));
    }
  }

  /** Of what was there before nothing is known but what the kernel shows, and nothing else said. */
  private static void check(AgentReport report, JavaProcess servers) {
    String handler = LateAttachServers.class.getName() + "$Discard";
    for (String transport : List.of("NIO", "EPOLL")) {
      List<Leak> later = at(report, port(servers, "later", transport));
      assertThat(later).extracting(Leak::cause).containsExactly("HALF_CLOSED");
      assertThat(later)
          .extracting(Leak::culprit)
          .containsExactly(MarkedLine.of(LateAttachServers.class.getName()).frame());

      List<Leak> earlier = at(report, port(servers, "earlier", transport));
      assertThat(earlier).as("%s over %s", earlier, transport).isNotEmpty();
      assertThat(earlier).extracting(Leak::culprit).containsOnlyNulls();
      List<Connection> connections =
          earlier.stream().flatMap(leak -> leak.connections().stream()).toList();
      assertThat(connections).hasSize(2);
      assertThat(connections)
          .filteredOn(connection -> connection.transport().equals("NETTY_" + transport))
          .singleElement()
          .satisfies(
              connection -> {
                assertThat(connection.json().at("/netty/pipeline/0/class").asString())
                    .isEqualTo(handler);
                assertThat(connection.json().at("/netty/childHandler").asString())
                    .isEqualTo(LateAttachServers.class.getName() + "$Initializer");
              });
      assertThat(connections)
          .filteredOn(connection -> connection.transport().equals("UNKNOWN"))
          .singleElement()
          .satisfies(connection -> assertThat(connection.json().has("netty")).isFalse());
    }
    assertThat(report.leaks().stream().mapToInt(Leak::count).sum()).isEqualTo(6);
    assertThat(report.hookErrors()).isEmpty();
    assertThat(report.problems()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dev.closewait.it.netty.LateAttachIT$Attached#all")
  void findsNothingInServersThatClose(Attached attached) throws IOException {
    Path report = BuildPaths.newDirectory("late").resolve("report.json");
    try (JavaProcess servers = start(attached, "fixed")) {
      hangUp(servers, "earlier", 0);
      attach(attached.jdk(), servers, report);
      hangUp(servers, "earlier", 0);
      servers.closeStdin();
      hangUp(servers, "later", 0);
      Await.pause(SIX_THRESHOLDS);

      AgentReport last =
          Await.passing(
              SOON,
              () -> {
                AgentReport read = AgentReport.read(report);
                assertThat(read.opened()).isGreaterThanOrEqualTo(4);
                return read;
              });
      assertThat(last.leaks()).as("%s", last).isEmpty();
      assertThat(last.hookErrors()).isEmpty();
      assertThat(last.problems()).isEmpty();
    }
  }

  private static JavaProcess start(Attached attached, String twin) {
    return JavaCommand.on(attached.jdk())
        .classPath(
            BuildPaths.testClasses(),
            Path.of("target", "libs", attached.libraries())
                .toAbsolutePath()
                .resolve("*")
                .toString())
        .main(LateAttachServers.class, twin)
        .start();
  }

  private static void attach(Jdk jdk, JavaProcess servers, Path report) {
    try (JavaProcess command =
        JavaCommand.on(jdk)
            .classPath(BuildPaths.agentJar().toString())
            .main(
                "dev.closewait.cli.CommandLineMain",
                "attach",
                Long.toString(servers.pid()),
                "threshold=1s,interval=250ms,report=" + report)
            .start()) {
      assertThat(command.waitForExit(SOON)).as("%s", command).isZero();
    }
  }

  /** A client at the server over each transport; waits until so many are in CLOSE_WAIT. */
  private static void hangUp(JavaProcess servers, String when, int stuck) throws IOException {
    for (String transport : List.of("NIO", "EPOLL")) {
      int port = port(servers, when, transport);
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
        client.getOutputStream().write('?');
      }
    }
    Await.checked(
        SOON,
        () ->
            assertThat(KernelTable.of(servers.pid()).count(KernelTable.CLOSE_WAIT))
                .isEqualTo(stuck));
  }

  private static int port(JavaProcess servers, String when, String transport) {
    String start = when + " " + transport + " ";
    String line = servers.waitForStdoutLine(text -> text.startsWith(start), SOON);
    return Integer.parseInt(line.substring(start.length()));
  }

  private static List<Leak> at(AgentReport report, int port) {
    return report.leaks().stream()
        .filter(
            leak ->
                leak.connections().stream()
                    .anyMatch(each -> String.valueOf(each.local()).endsWith(":" + port)))
        .toList();
  }
}
