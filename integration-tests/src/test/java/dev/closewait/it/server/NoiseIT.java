package dev.closewait.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.server.RawClients.Farewell;
import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.Await;
import dev.closewait.it.support.BuildPaths;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.JavaProcess;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.Jdks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A campaign of healthy noise on each server: never a leak, and nothing left at the end.
 *
 * <p>{@code -Dclosewait.noise.requests=200000} is the full campaign.
 */
@Execution(ExecutionMode.CONCURRENT)
class NoiseIT {
  private static final int REQUESTS = Integer.getInteger("closewait.noise.requests", 5_000);
  private static final int VANISHING_CLIENTS = 500;
  private static final int CLIENTS_OF_ROUND = 8;
  private static final int LONG_POLLS = 50;
  private static final int LATE_CLIENTS = 3;

  /** A late answer takes nine seconds: more than one, and less than six of them. */
  private static final String THRESHOLD = "3s";

  private static final Duration LOAD_TIME = Duration.ofMinutes(2).plusMillis(5L * REQUESTS);
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Pattern SUSPECTS = Pattern.compile("(?m)^SUSPECT  ([0-9a-f]+)");
  private static final Pattern RESOLVED = Pattern.compile("(?m)^closewait: resolved ([0-9a-f]+)");

  static Stream<Arguments> servers() {
    return Stream.of(HealthyServer.Kind.values())
        .flatMap(kind -> Jdks.all().map(jdk -> Arguments.of(kind, jdk)));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("servers")
  void leavesNothingAndIsNoLeak(HealthyServer.Kind kind, Jdk jdk) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.healthy(jdk, kind, THRESHOLD)) {
      Path clientReport = BuildPaths.newDirectory("noise").resolve("clients.json");
      String load;
      try (JavaProcess clients = startLoad(jdk, kind, server, clientReport)) {
        server.askAndHangUp(LATE_CLIENTS, HealthySite.LATE, HealthySite.LATE_POLL);
        pollAndVanish(server);
        assertThat(clients.waitForExit(LOAD_TIME)).as(clients::toString).isZero();
        load = clients.stdout().strip();
      }
      Await.checked(SOON, () -> assertThat(HealthyRun.openConnections(server)).isZero());
      Await.checked(SOON, () -> assertThat(server.report().leaks()).isEmpty());
      AgentReport last = server.stop();
      System.out.println("noise: " + kind + " on " + jdk + ": " + load + summary(server, last));
      assertThat(last.leaks()).isEmpty();
      assertThat(last.hookErrors()).isEmpty();
      assertThat(last.problems()).isEmpty();
      assertThat(last.opened()).isEqualTo(last.closed());
      assertThat(AgentReport.read(clientReport).leaks()).isEmpty();
      assertThat(server.stderr()).doesNotContain("LEAK  ");
      assertThat(found(SUSPECTS, server)).isNotEmpty();
      assertThat(found(RESOLVED, server)).containsAll(found(SUSPECTS, server));
    }
  }

  private static JavaProcess startLoad(
      Jdk jdk, HealthyServer.Kind kind, ServerUnderTest server, Path report) {
    return JavaCommand.on(jdk)
        .agent("threshold=" + THRESHOLD, "interval=200ms", "report=" + report)
        .options(server.keys().trustOptions())
        .classPath(BuildPaths.classPathWithLibraries())
        .main(
            NoiseClients.class,
            String.valueOf(server.ports().http()),
            String.valueOf(server.ports().https()),
            String.valueOf(REQUESTS),
            kind == HealthyServer.Kind.JDK ? "1" : "25")
        .start();
  }

  /** Patient clients wait for their answer while others come and go away at any moment. */
  private static void pollAndVanish(ServerUnderTest server) throws Exception {
    List<RawClients> raw = List.of(server.plain(), server.secure());
    ExecutorService patient = Executors.newFixedThreadPool(LONG_POLLS);
    try {
      List<Future<?>> polls = new ArrayList<>();
      for (int i = 0; i < LONG_POLLS; i++) {
        RawClients from = raw.get(i % raw.size());
        polls.add(
            patient.submit(
                () -> {
                  from.stayUntilServerCloses(HealthySite.LATE_POLL);
                  return null;
                }));
      }
      for (int round = 0; round * CLIENTS_OF_ROUND < VANISHING_CLIENTS; round++) {
        for (RawClients from : raw) {
          Farewell farewell = round % 3 == 2 ? Farewell.RESET : Farewell.CLOSE;
          HealthyRun.goAwayAtEachMoment(from, farewell);
        }
      }
      for (Future<?> poll : polls) {
        poll.get();
      }
    } finally {
      patient.shutdownNow();
    }
  }

  private static String summary(ServerUnderTest server, AgentReport last) {
    return "; %d suspected, %d resolved, %d leaks, %d left; %d opened, %d closed"
        .formatted(
            found(SUSPECTS, server).size(),
            found(RESOLVED, server).size(),
            server.stderr().split("(?m)^LEAK  ", -1).length - 1,
            last.leaks().size(),
            last.opened(),
            last.closed());
  }

  /** The groups by their fingerprints, each once. */
  private static List<String> found(Pattern lines, ServerUnderTest server) {
    return lines
        .matcher(server.stderr())
        .results()
        .map(match -> match.group(1))
        .distinct()
        .toList();
  }
}
