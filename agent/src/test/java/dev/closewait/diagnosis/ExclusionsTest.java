package dev.closewait.diagnosis;

import static dev.closewait.diagnosis.Observed.ACCEPT_STACK;
import static dev.closewait.diagnosis.Observed.frame;
import static dev.closewait.diagnosis.Observed.stack;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExclusionsTest {
  private static final List<StackTraceElement> LEGACY =
      stack(frame("java.net.Socket", "read", 1), frame("com.acme.Legacy", "poll", 2));

  private final ExcusedFrame legacy =
      new ExcusedFrame(
          frame -> frame.getClassName().equals("com.acme.Legacy"),
          "com.acme.Legacy",
          "goes away in May");
  private final Exclusions exclusions = new Exclusions(List.of(legacy));

  @Test
  void excusesConnectionByFrameOfStackThatIsBlamed() {
    assertThat(exclusions.excuse(findingOf(List.of(ACCEPT_STACK, LEGACY)))).isTrue();
  }

  @Test
  void excusesConnectionByFrameOfStackThatIsShown() {
    Evidence shown = new Evidence(Evidence.Source.HOOK, "read returned -1", LEGACY);
    assertThat(exclusions.excuse(findingOf(List.of(ACCEPT_STACK), shown))).isTrue();
  }

  @Test
  void leavesOtherConnectionsInTheReport() {
    assertThat(exclusions.excuse(finding(ACCEPT_STACK))).isFalse();
    assertThat(exclusions.used()).isEmpty();
  }

  @Test
  void leavesAllInTheReportWithoutExclusions() {
    assertThat(new Exclusions(List.of()).excuse(finding(LEGACY))).isFalse();
  }

  @Test
  void countsWhatItExcusedAndGivesTheReason() {
    exclusions.excuse(finding(LEGACY));
    exclusions.excuse(finding(LEGACY));
    assertThat(exclusions.used())
        .singleElement()
        .asString()
        .startsWith("2 connections")
        .contains("com.acme.Legacy")
        .endsWith("goes away in May");
  }

  @Test
  void countsEachScanAnew() {
    exclusions.excuse(finding(LEGACY));
    exclusions.used();
    assertThat(exclusions.used()).isEmpty();
  }

  @Test
  void countsAllThatFindingStandsFor() {
    exclusions.excuse(finding(LEGACY).standingFor(40));
    assertThat(exclusions.used()).singleElement().asString().startsWith("40 connections");
  }

  private static Finding finding(List<StackTraceElement> blamed) {
    return findingOf(List.of(blamed));
  }

  private static Finding findingOf(List<List<StackTraceElement>> blamed, Evidence... evidence) {
    Observed observed = new Observed();
    Ruling ruling =
        new Ruling(
            Cause.UNKNOWN,
            "reason",
            "fix",
            blamed,
            Ruling.CULPRIT,
            Ruling.Certainty.BY_AGE,
            List.of(evidence));
    return new FindingFactory(new CulpritFinder(ApplicationFrames.of(List.of())), 1)
        .ofConnection(ruling, observed.leaked(), observed.connection(), 0);
  }
}
