package dev.closewait.report;

import static dev.closewait.report.GroupVariants.with;
import static dev.closewait.report.GroupVariants.withCount;
import static dev.closewait.report.SampleDiagnosis.later;
import static dev.closewait.report.SampleEvents.SECOND;
import static dev.closewait.report.SampleGroups.eofRead;
import static dev.closewait.report.SampleGroups.pooled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.closewait.diagnosis.AgentHealth;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Diagnosis;
import dev.closewait.diagnosis.ResolvedGroup;
import dev.closewait.diagnosis.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;

class ReportPublisherTest {

  private final Logger logger = mock(Logger.class);
  private final Recorder everything = new Recorder("text", false);
  private final Recorder changes = new Recorder("json", true);
  private final ReportPublisher publisher =
      new ReportPublisher(List.of(everything, changes), logger);

  @Test
  void handsOverEveryDiagnosisOnlyToSinksThatWantEachOne() {
    publisher.publish(later(0, false, eofRead()));
    publisher.publish(later(5 * SECOND, false, eofRead()));
    publisher.publish(later(10 * SECOND, false, eofRead()));

    assertThat(everything.seen).hasSize(3);
    assertThat(changes.seen).hasSize(1);
  }

  @Test
  void handsOverTheFirstDiagnosisAlthoughItFoundNothing() {
    publisher.publish(later(0, false));

    assertThat(changes.seen).hasSize(1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void handsOverAChange(String what, Diagnosis changed) {
    publisher.publish(later(0, false, eofRead()));
    publisher.publish(changed);

    assertThat(changes.seen).hasSize(2).last().isSameAs(changed);
  }

  static Stream<Arguments> changes() {
    AgentHealth undone =
        new AgentHealth(List.of("a hook was undone"), List.of(), List.of(), Map.of(), 1, 1, 1);
    return Stream.of(
        Arguments.of("one more connection", later(1, false, withCount(eofRead(), 9))),
        Arguments.of("another group", later(1, false, eofRead(), pooled())),
        Arguments.of("no group", later(1, false)),
        Arguments.of(
            "another verdict",
            later(1, false, with(eofRead(), Verdict.SUSPECT, Cause.EOF_READ_NOT_CLOSED, 8))),
        Arguments.of(
            "another cause", later(1, false, with(eofRead(), Verdict.LEAK, Cause.UNKNOWN, 8))),
        Arguments.of(
            "a resolved group",
            later(
                1,
                false,
                List.of(eofRead()),
                List.of(new ResolvedGroup("00aa11", Cause.UNKNOWN, 1, 1)))),
        Arguments.of("exit", later(1, true, eofRead())),
        Arguments.of("a problem", SampleDiagnosis.diagnosis(undone, List.of(eofRead()))));
  }

  @Test
  void keepsTheFailureOfOneSinkFromTheOthers() {
    everything.failure = new OutOfMemoryError("full");

    assertThatCode(() -> publisher.publish(later(0, false))).doesNotThrowAnyException();

    assertThat(changes.seen).hasSize(1);
    assertThat(publisher.failures())
        .containsExactly("the text report failed: java.lang.OutOfMemoryError: full");
  }

  @Test
  void logsEachCauseOfFailureOnce() {
    everything.failure = new IOException("No space left on device");
    publisher.publish(later(0, false));
    publisher.publish(later(1, false));
    everything.failure = new IOException("Bad file descriptor");
    publisher.publish(later(2, false));

    verify(logger, times(1)).warn(anyString(), contains("No space left on device"));
    verify(logger, times(1)).warn(anyString(), contains("Bad file descriptor"));
  }

  @Test
  void triesAFailedSinkAgainAtTheNextScan() {
    changes.failure = new IOException("No space left on device");
    publisher.publish(later(0, false, eofRead()));
    changes.failure = null;
    publisher.publish(later(1, false, eofRead()));
    publisher.publish(later(2, false, eofRead()));

    assertThat(changes.seen).hasSize(1);
  }

  @Test
  void survivesALoggerThatFails() {
    doThrow(new IllegalStateException("no log")).when(logger).warn(anyString(), any(Object.class));
    everything.failure = new IOException("No space left on device");

    assertThatCode(() -> publisher.publish(later(0, false))).doesNotThrowAnyException();

    assertThat(changes.seen).hasSize(1);
  }

  @Test
  void remembersABoundedNumberOfFailures() {
    for (int i = 0; i < 1_000; i++) {
      everything.failure = new IOException("failure " + i);
      publisher.publish(later(i, false));
    }

    assertThat(publisher.failures()).hasSize(32);
  }

  @Test
  void warmsEverySinkUpAlthoughOneFails() {
    everything.warmUpFailure = new IOException("cold");

    publisher.warmUp();

    assertThat(changes.warm).isTrue();
    verify(logger).warn(anyString(), contains("cold"));
  }

  @Test
  void isSilentWhenAllIsWell() {
    publisher.warmUp();
    publisher.publish(later(0, true, eofRead()));

    verifyNoInteractions(logger);
  }

  /** A sink that keeps what it was handed. */
  private static final class Recorder implements ReportSink {

    private final String name;
    private final boolean onlyChanges;
    private final List<Diagnosis> seen = new ArrayList<>();
    private @Nullable Throwable failure;
    private @Nullable IOException warmUpFailure;
    private boolean warm;

    Recorder(String name, boolean onlyChanges) {
      this.name = name;
      this.onlyChanges = onlyChanges;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public boolean onlyChanges() {
      return onlyChanges;
    }

    @Override
    public void publish(Diagnosis diagnosis) throws IOException {
      if (failure instanceof IOException e) {
        throw e;
      }
      if (failure instanceof Error e) {
        throw e;
      }
      seen.add(diagnosis);
    }

    @Override
    public void warmUp() throws IOException {
      if (warmUpFailure != null) {
        throw warmUpFailure;
      }
      warm = true;
    }
  }
}
