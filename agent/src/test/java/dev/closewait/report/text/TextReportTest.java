package dev.closewait.report.text;

import static dev.closewait.report.GroupVariants.with;
import static dev.closewait.report.GroupVariants.withCount;
import static dev.closewait.report.GroupVariants.withExamples;
import static dev.closewait.report.SampleDiagnosis.later;
import static dev.closewait.report.SampleEvents.MINUTE;
import static dev.closewait.report.SampleEvents.SECOND;
import static dev.closewait.report.SampleGroups.eofRead;
import static dev.closewait.report.SampleGroups.pooled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.closewait.diagnosis.AgentHealth;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Census;
import dev.closewait.diagnosis.Diagnosis;
import dev.closewait.diagnosis.LeakGroup;
import dev.closewait.diagnosis.ResolvedGroup;
import dev.closewait.diagnosis.Verdict;
import dev.closewait.report.SampleConnections;
import dev.closewait.report.SampleEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextReportTest {

  private final CountingStream out = new CountingStream();
  private final TextReport report =
      new TextReport(out, new TextStyle(SampleEvents::isAcme, false, true));

  @Test
  void isSilentWhileThereIsNothingToTell() throws IOException {
    assertThat(publish(later(0, false))).isEmpty();
    assertThat(out.writes).isZero();
  }

  @Test
  void showsANewGroupInFullOnceInOneWrite() throws IOException {
    assertThat(publish(later(0, false, eofRead())))
        .contains("LEAK  9f31c2  EOF_READ_NOT_CLOSED")
        .contains("  fix       use try-with-resources");
    assertThat(out.writes).isEqualTo(1);

    assertThat(publish(later(5 * SECOND, false, eofRead()))).isEmpty();
    assertThat(out.writes).isEqualTo(1);
  }

  @Test
  void showsOnlyTheNewGroupInFullButCountsAll() throws IOException {
    publish(later(0, false, eofRead()));

    assertThat(publish(later(5 * SECOND, false, eofRead(), pooled())))
        .startsWith("closewait: 1 leak, 1 suspect: 11 connections in CLOSE_WAIT")
        .contains("SUSPECT  77ab01")
        .contains("\nreported before: 9f31c2\n")
        .doesNotContain("LEAK  9f31c2");
  }

  @Test
  void showsAGroupAgainWhenItsVerdictRises() throws IOException {
    publish(later(0, false, with(eofRead(), Verdict.SUSPECT, Cause.EOF_READ_NOT_CLOSED, 8)));

    assertThat(publish(later(50 * SECOND, false, eofRead()))).contains("LEAK  9f31c2");
    assertThat(
            publish(
                later(
                    55 * SECOND,
                    false,
                    with(eofRead(), Verdict.SUSPECT, Cause.EOF_READ_NOT_CLOSED, 8))))
        .isEmpty();
    assertThat(publish(later(60 * SECOND, false, eofRead()))).isEmpty();
  }

  @Test
  void saysNothingOfAGroupThatPausesAndComesBack() throws IOException {
    publish(later(0, false, eofRead()));
    assertThat(publish(later(5 * SECOND, false))).isEmpty();
    assertThat(publish(later(10 * SECOND, false, eofRead()))).isEmpty();
  }

  @Test
  void showsAGroupAgainWhenItsCauseSharpensButNotWhenItWavers() throws IOException {
    LeakGroup vague = with(eofRead(), Verdict.LEAK, Cause.UNKNOWN, 8);
    publish(later(0, false, vague));

    assertThat(publish(later(1, false, eofRead()))).contains("LEAK  9f31c2  EOF_READ_NOT_CLOSED");
    assertThat(publish(later(2, false, vague))).isEmpty();
    assertThat(publish(later(3, false, eofRead()))).isEmpty();
  }

  @Test
  void showsAGroupAgainOnceItIsKnownHowItsMethodsWereLeft() throws IOException {
    LeakGroup unexplained = withExamples(eofRead(), SampleConnections::withoutStacks);
    publish(later(0, false, unexplained));

    assertThat(publish(later(1, false, eofRead()))).contains("LEAK  9f31c2  EOF_READ_NOT_CLOSED");
    assertThat(publish(later(2, false, unexplained))).isEmpty();
    assertThat(publish(later(3, false, eofRead()))).isEmpty();
  }

  @Test
  void isSilentWhenACauseIsLost() throws IOException {
    publish(later(0, false, eofRead()));

    assertThat(publish(later(1, false, with(eofRead(), Verdict.LEAK, Cause.UNKNOWN, 8)))).isEmpty();
  }

  @Test
  void tellsGrowthByHalfInOneLine() throws IOException {
    publish(later(0, false, eofRead()));

    assertThat(publish(later(5 * SECOND, false, withCount(eofRead(), 11)))).isEmpty();
    assertThat(publish(later(10 * SECOND, false, withCount(eofRead(), 12))))
        .isEqualTo("closewait: 9f31c2 grew: 12 connections now, 4 new (same place)\n");
    assertThat(publish(later(15 * SECOND, false, withCount(eofRead(), 13)))).isEmpty();
  }

  @Test
  void tellsSlowGrowthOnceAMinute() throws IOException {
    publish(later(0, false, eofRead()));

    assertThat(publish(later(59 * SECOND, false, withCount(eofRead(), 9)))).isEmpty();
    assertThat(publish(later(60 * SECOND, false, withCount(eofRead(), 9))))
        .isEqualTo("closewait: 9f31c2 grew: 9 connections now, 1 new (same place)\n");
    assertThat(publish(later(119 * SECOND, false, withCount(eofRead(), 10)))).isEmpty();
    assertThat(publish(later(120 * SECOND, false, withCount(eofRead(), 10)))).isNotEmpty();
  }

  @Test
  void doesNotTellTheSameConnectionsAgainWhenAGroupShrinksAndRecovers() throws IOException {
    publish(later(0, false, eofRead()));

    assertThat(publish(later(5 * MINUTE, false, withCount(eofRead(), 2)))).isEmpty();
    assertThat(publish(later(6 * MINUTE, false, eofRead()))).isEmpty();
  }

  @Test
  void tellsAResolvedGroupInOneLineAndForgetsIt() throws IOException {
    publish(later(0, false, eofRead()));
    ResolvedGroup resolved =
        new ResolvedGroup("9f31c2aabbcc", Cause.EOF_READ_NOT_CLOSED, 8, 303 * SECOND);

    assertThat(publish(later(303 * SECOND, false, List.of(), List.of(resolved))))
        .isEqualTo(
            "closewait: resolved 9f31c2 EOF_READ_NOT_CLOSED: 8 connections closed, after"
                + " 5 min 3 s\n");
    assertThat(publish(later(400 * SECOND, false, eofRead()))).contains("LEAK  9f31c2");
  }

  @Test
  void tellsASuspectThatComesBackInOneLineUntilItIsALeak() throws IOException {
    LeakGroup suspect = with(eofRead(), Verdict.SUSPECT, Cause.EOF_READ_NOT_CLOSED, 8);
    publish(later(0, false, suspect));
    ResolvedGroup resolved =
        new ResolvedGroup("9f31c2aabbcc", Cause.EOF_READ_NOT_CLOSED, 8, SECOND);
    publish(later(SECOND, false, List.of(), List.of(resolved)));

    assertThat(publish(later(2 * SECOND, false, suspect)))
        .isEqualTo(
            "closewait: suspect again 9f31c2 EOF_READ_NOT_CLOSED: 8 connections (same place)\n");
    assertThat(publish(later(3 * SECOND, false, suspect))).isEmpty();
    assertThat(publish(later(4 * SECOND, false, eofRead()))).contains("LEAK  9f31c2");
  }

  @Test
  void endsACleanRunWithOneLine() throws IOException {
    assertThat(publish(later(0, true)))
        .isEqualTo("closewait: no leaks; 1,204 connections opened, 1,204 closed\n");
  }

  @Test
  void mentionsYoungCloseWaitAndProblemsAtTheEndOfACleanRun() throws IOException {
    Diagnosis clean = later(0, true);
    AgentHealth health =
        new AgentHealth(List.of("a hook is missing"), List.of(), List.of(), Map.of(), 1, 1, 1);
    Diagnosis young =
        new Diagnosis(
            clean.generatedAt(),
            clean.nowNanos(),
            true,
            clean.process(),
            clean.agent(),
            health,
            new Census(Map.of("CLOSE_WAIT", 3), List.of(), -1, -1, 3),
            List.of(),
            List.of(),
            10,
            7);

    assertThat(publish(young))
        .isEqualTo(
            "closewait: problem: a hook is missing\n"
                + "closewait: no leaks; 10 connections opened, 7 closed; 3 seen in CLOSE_WAIT for"
                + " less than the threshold\n");
  }

  @Test
  void showsAtExitInFullWhatWasNotShownBefore() throws IOException {
    publish(later(0, false, pooled()));

    assertThat(publish(later(SECOND, true, eofRead(), pooled())))
        .startsWith("closewait: 1 leak, 1 suspect at exit: 11 connections")
        .contains("  fix       use try-with-resources")
        .contains(
            "\nSUSPECT  77ab01  POOLED_IDLE  3 connections"
                + "  com.acme.PriceClient.fetch(PriceClient.java:22)\n")
        .endsWith("No kernel setting cures a missing close.\n");
  }

  @Test
  void summarisesAtExitWhatWasShownBefore() throws IOException {
    publish(later(0, false, eofRead()));

    assertThat(publish(later(SECOND, true, withCount(eofRead(), 20))))
        .isEqualTo(
            """
            closewait: 1 leak at exit: 20 connections in CLOSE_WAIT, oldest 4 min 12 s   (pid 4711 com.acme.Shop)

            LEAK  9f31c2  EOF_READ_NOT_CLOSED  20 connections  com.acme.OrderHandler.handle(OrderHandler.java:57)

            No kernel setting cures a missing close.
            """);
  }

  @Test
  void tellsAgainWhatCouldNotBeWritten() throws IOException {
    out.full = true;
    assertThatThrownBy(() -> report.publish(later(0, false, eofRead())))
        .isInstanceOf(IOException.class);
    out.full = false;

    assertThat(publish(later(SECOND, false, eofRead()))).contains("LEAK  9f31c2");
  }

  @Test
  void warmsUpWithoutATrace() throws IOException {
    report.warmUp();

    assertThat(out.writes).isZero();
    assertThat(publish(later(0, false, eofRead()))).contains("LEAK  9f31c2");
  }

  private String publish(Diagnosis diagnosis) throws IOException {
    out.bytes.reset();
    report.publish(diagnosis);
    return out.bytes.toString(StandardCharsets.US_ASCII);
  }

  /** A stream that counts calls, and can be full. */
  private static final class CountingStream extends OutputStream {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int writes;
    private boolean full;

    @Override
    public void write(int b) {
      throw new AssertionError("a report is one write, not one of each byte");
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
      if (full) {
        throw new IOException("No space left on device");
      }
      writes++;
      bytes.write(b, off, len);
    }
  }
}
