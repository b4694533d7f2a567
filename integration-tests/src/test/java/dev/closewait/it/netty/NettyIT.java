package dev.closewait.it.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.AgentReport.Leak;
import dev.closewait.it.support.Await;
import dev.closewait.it.support.BuildPaths;
import dev.closewait.it.support.CauseTable;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.JavaProcess;
import dev.closewait.it.support.KernelTable;
import dev.closewait.it.support.TlsKeyStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to leak a Netty channel, over each transport, version and JDK, and its fixed twin. */
@Execution(ExecutionMode.CONCURRENT)
class NettyIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Half a minute of pauses and thirty servers, on a machine that may be busy. */
  private static final Duration TO_PLAY_ALL = Duration.ofMinutes(4);

  private static final String THRESHOLD = "threshold=1s";
  private static final Duration SIX_THRESHOLDS = Duration.ofSeconds(7);

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.closewait.it.netty.NettyRun#all")
  void explainsEveryLeak(NettyRun run) {
    try (Played played = Played.start(run, "leak")) {
      Await.checked(PATIENCE, () -> check(played, run));
      AgentReport last = played.finish();
      assertThat(last.hookErrors()).as("%s", last).isEmpty();
      assertThat(last.problems()).isEmpty();
    }
  }

  private static void check(Played played, NettyRun run) {
    SoftAssertions soft = new SoftAssertions();
    AgentReport report = played.report();
    KernelTable kernel = played.kernel();
    List<Leak> unexpected = new ArrayList<>(report.leaks());
    for (NettyLeaks.Row row : NettyLeaks.ROWS) {
      Set<Integer> ports = played.ports(row.name());
      List<Leak> leaks = leaksAt(report, ports);
      String cause = row.cause(run);
      if (NettyLeaks.VARIES.equals(cause)) {
        unexpected.removeAll(leaks);
        continue;
      }
      int stuck = stuck(kernel, ports);
      if (cause == null) {
        soft.assertThat(stuck).as("left by %s over %s", row.name(), run).isZero();
        continue;
      }
      unexpected.removeAll(leaks);
      soft.assertThat(leaks)
          .as("causes of %s over %s: %s", row.name(), run, leaks)
          .extracting(Leak::cause, Leak::culprit)
          .contains(Tuple.tuple(cause, row.culprit(run)));
      leaks.stream()
          .filter(leak -> leak.cause().equals(cause))
          .forEach(leak -> CauseTable.assertFixIfListed(row.name(), leak));
      // Dead connections have no row: then as many as the mode says.
      soft.assertThat(leaks.stream().mapToInt(Leak::count).sum())
          .as("connections of %s over %s: %s", row.name(), run, leaks)
          .isEqualTo(stuck == 0 ? played.expected(row.name()) : stuck);
    }
    soft.assertThat(unexpected).as("leaks over %s where Netty closes", run).isEmpty();
    soft.assertAll();
  }

  private static int stuck(KernelTable kernel, Set<Integer> ports) {
    return (int)
        Stream.concat(kernel.owned().stream(), kernel.unowned().stream())
            .filter(row -> ports.contains(row.localPort()) || ports.contains(row.remotePort()))
            .filter(row -> row.state().equals(KernelTable.CLOSE_WAIT))
            .count();
  }

  private static List<Leak> leaksAt(AgentReport report, Set<Integer> ports) {
    return report.leaks().stream()
        .filter(
            leak ->
                leak.connections().stream()
                    .anyMatch(
                        each ->
                            ports.contains(portOf(each.local()))
                                || ports.contains(portOf(each.remote()))))
        .toList();
  }

  private static int portOf(@Nullable String endpoint) {
    return endpoint == null
        ? -1
        : Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.closewait.it.netty.NettyRun#all")
  void findsNothingInFixedTwins(NettyRun run) {
    try (Played played = Played.start(run, "fixed")) {
      Await.checked(PATIENCE, () -> assertThat(played.stuckInKernel()).isZero());
      Await.pause(SIX_THRESHOLDS);
      AgentReport last = played.finish();
      assertThat(last.leaks()).isEmpty();
      assertThat(last.hookErrors()).isEmpty();
      assertThat(last.problems()).isEmpty();
      assertThat(played.process().stderr()).doesNotContain("LEAK  ");
    }
  }

  /** A JVM that has played all modes. */
  private record Played(JavaProcess process, Path reportFile, Map<String, String[]> modes)
      implements AutoCloseable {

    static Played start(NettyRun run, String twin) {
      Path directory = BuildPaths.newDirectory("netty");
      Path report = directory.resolve("report.json");
      List<String> arguments = new ArrayList<>(List.of(run.transport().name(), twin));
      NettyLeaks.ROWS.forEach(row -> arguments.add(row.name()));
      JavaProcess process =
          JavaCommand.on(run.jdk())
              .agent(THRESHOLD, "interval=250ms", "report=" + report)
              .options(TlsKeyStore.INSTANCE.options())
              .classPath(run.classPath())
              .main(NettyModes.class, arguments.toArray(new String[0]))
              .start();
      try {
        process.waitForStdoutLine(line -> line.startsWith("ready:"), TO_PLAY_ALL);
        Map<String, String[]> modes =
            process
                .stdout()
                .lines()
                .filter(line -> line.startsWith("mode "))
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(words -> words[1], Function.identity()));
        return new Played(process, report, modes);
      } catch (Throwable notReady) {
        process.close();
        throw notReady;
      }
    }

    Set<Integer> ports(String mode) {
      String[] words = modes.get(mode);
      return words.length < 4
          ? Set.of()
          : Stream.of(words[3].split(",")).map(Integer::valueOf).collect(Collectors.toSet());
    }

    int expected(String mode) {
      return Integer.parseInt(modes.get(mode)[2]);
    }

    AgentReport report() {
      return AgentReport.read(reportFile);
    }

    KernelTable kernel() {
      return KernelTable.of(process.pid());
    }

    int stuckInKernel() {
      return kernel().count(KernelTable.CLOSE_WAIT);
    }

    AgentReport finish() {
      process.closeStdin();
      assertThat(process.waitForExit(PATIENCE)).as("exit code of %s", process).isZero();
      return report();
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
