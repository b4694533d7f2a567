package dev.closewait.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.scenario.LeakUntilRefused;
import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.KernelTable;
import dev.closewait.it.support.MarkedLine;
import dev.closewait.it.support.WatchedScenario;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A process that a leak has driven to "Too many open files" still gets its report. */
class ExhaustedDescriptorsIT {
  private static final int LIMIT = 256;

  @ParameterizedTest
  @MethodSource("dev.closewait.it.support.Jdks#all")
  void namesTheLeakWhenNoDescriptorIsLeft(Jdk jdk) {
    JavaCommand command = JavaCommand.on(jdk).descriptorLimit(LIMIT).main(LeakUntilRefused.class);
    try (WatchedScenario scenario =
        WatchedScenario.start(command, "threshold=500ms", "interval=250ms")) {
      assertThat(scenario.process().stdout()).contains("refused: Too many open files");
      assertThat(scenario.connections()).isGreaterThan(LIMIT / 2);

      AgentReport.Leak leak = scenario.awaitOnlyLeak("EOF_READ_NOT_CLOSED");
      assertThat(leak.culprit()).isEqualTo(MarkedLine.of(LeakUntilRefused.class.getName()).frame());
      assertThat(leak.count()).isEqualTo(scenario.kernel().count(KernelTable.CLOSE_WAIT));
      assertThat(scenario.report().json().at("/descriptors/limit").asInt()).isEqualTo(LIMIT);
      assertThat(scenario.report().json().at("/descriptors/open").asInt()).isEqualTo(LIMIT);

      AgentReport last = scenario.finish();
      assertThat(last.onlyLeak().count()).isEqualTo(leak.count());
      assertThat(scenario.process().stderr()).contains(String.valueOf(leak.culprit()));
    }
  }
}
