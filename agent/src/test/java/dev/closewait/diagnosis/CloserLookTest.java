package dev.closewait.diagnosis;

import static dev.closewait.diagnosis.Exits.HANDLE;
import static dev.closewait.diagnosis.Exits.byException;
import static dev.closewait.diagnosis.Observed.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.closewait.connection.MethodExit;
import dev.closewait.instrument.watch.MethodWatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CloserLookTest {
  private static final String GROUP = "9f31c2aabbcc";
  private static final long MINUTE = 60 * SECOND;
  private static final long ENOUGH_CALLS = 1_000_000_000L;

  private final MethodWatch watch = mock(MethodWatch.class);
  private final CloserLook look = new CloserLook(watch, ApplicationFrames.of(List.of()), () -> {});
  private final LeakGroup unexplained = group(GROUP, Cause.UNKNOWN, 3);
  private final LeakGroup explained = group(GROUP, Cause.UNKNOWN, 4, byException(HANDLE));
  private long now = 1_000 * MINUTE;

  @BeforeEach
  void findNoObstacles() {
    when(watch.watch(any(), any())).thenReturn(List.of());
    when(watch.unwatch(any())).thenReturn(List.of());
  }

  @Test
  void watchesTheGroupOnceItIsReported() {
    look.annotate(diagnosis(unexplained));
    verifyNoInteractions(watch);
    look.follow(diagnosis(unexplained));
    verify(watch).watch(eq(GROUP), any());
  }

  @Test
  void endsWithTheAnswer() {
    follow(unexplained);
    follow(explained);
    verify(watch).unwatch(GROUP);
    follow(group(GROUP, Cause.UNKNOWN, 50));
    verify(watch, times(1)).watch(any(), any());
  }

  @Test
  void endsAfterMinuteWithoutAnswer() {
    follow(unexplained);
    now += MINUTE - 1;
    follow(unexplained);
    verify(watch, never()).unwatch(any());
    now += 1;
    follow(unexplained);
    verify(watch).unwatch(GROUP);
  }

  @Test
  void endsWhenWatchedMethodsAreCalledTooOften() {
    follow(unexplained);
    when(watch.calls()).thenReturn(ENOUGH_CALLS);
    follow(unexplained);
    verify(watch).unwatch(GROUP);
  }

  @Test
  void endsWhenTheGroupIsResolved() {
    follow(unexplained);
    follow();
    verify(watch).unwatch(GROUP);
    now += MINUTE;
    follow(unexplained);
    verify(watch, times(2)).watch(eq(GROUP), any());
  }

  @Test
  void countsTheLooksAtGroupThatComesAndGoes() {
    for (int i = 0; i < 20; i++) {
      follow(unexplained);
      follow();
      now += 100 * MINUTE;
    }
    verify(watch, times(5)).watch(any(), any());
    verify(watch, times(5)).unwatch(any());
  }

  @Test
  void asksAgainAboutGroupThatComesBackAfterItsAnswer() {
    follow(unexplained);
    follow(explained);
    follow();
    now += MINUTE;
    follow(unexplained);
    verify(watch, times(2)).watch(any(), any());
  }

  @Test
  void triesAtEachScanToPutBackWhatCouldNotBe() {
    follow();
    follow(unexplained);
    verify(watch, times(2)).putBackTheRest();
  }

  @Test
  void looksAgainAndLongerOnlyWhenTheGroupGrows() {
    follow(unexplained);
    now += MINUTE;
    follow(unexplained);
    follow(unexplained);
    verify(watch, times(1)).watch(any(), any());
    LeakGroup grown = group(GROUP, Cause.UNKNOWN, 4);
    follow(grown);
    verify(watch, times(2)).watch(any(), any());
    now += 2 * MINUTE - 1;
    follow(grown);
    verify(watch, times(1)).unwatch(any());
    now += 1;
    follow(grown);
    verify(watch, times(2)).unwatch(any());
  }

  @Test
  void givesUpAfterSomeLooks() {
    for (int count = 1; count < 20; count++) {
      follow(group(GROUP, Cause.UNKNOWN, count));
      now += 100 * MINUTE;
    }
    verify(watch, times(5)).watch(any(), any());
    verify(watch, times(5)).unwatch(any());
  }

  @Test
  void looksAtSomeGroupsOnlyAtOnce() {
    List<LeakGroup> many = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      many.add(group("group" + i, Cause.UNKNOWN, 3));
    }
    follow(many.toArray(new LeakGroup[0]));
    verify(watch, times(4)).watch(any(), any());
    now += MINUTE;
    follow(many.toArray(new LeakGroup[0]));
    verify(watch, times(4)).unwatch(any());
    verify(watch).watch(eq("group4"), any());
    verify(watch).watch(eq("group5"), any());
  }

  @ParameterizedTest
  @EnumSource(
      value = Cause.class,
      names = {"THREAD_STUCK", "POOLED_IDLE", "CLOSE_INEFFECTIVE", "NEVER_ACCEPTED"})
  void leavesAloneWhatExitsDoNotTell(Cause cause) {
    follow(group(GROUP, cause, 3));
    verifyNoInteractionsToWatch();
  }

  @Test
  void leavesAloneWhatIsExplainedAlready() {
    follow(explained);
    verifyNoInteractionsToWatch();
  }

  @Test
  void beginsNothingAtExit() {
    look.follow(at(true, unexplained));
    verifyNoInteractionsToWatch();
  }

  @Test
  void saysWhereItWasNotPossible() {
    when(watch.watch(any(), any())).thenReturn(List.of("com.acme.Orders cannot be changed"));
    follow(unexplained);
    assertThat(look.annotate(diagnosis(unexplained)).leaks().get(0).evidence())
        .extracting(Evidence::fact)
        .containsExactly("closer look not possible: com.acme.Orders cannot be changed");
    assertThat(look.annotate(diagnosis(group("other", Cause.UNKNOWN, 1))).leaks().get(0).evidence())
        .isEmpty();
  }

  @Test
  void saysWhatCouldNotBePutBack() {
    when(watch.unwatch(GROUP)).thenReturn(List.of("com.acme.Orders: refused"));
    follow(unexplained);
    follow();
    assertThat(look.problems()).singleElement().asString().contains("com.acme.Orders: refused");
  }

  private void verifyNoInteractionsToWatch() {
    verify(watch, never()).watch(any(), any());
  }

  private void follow(LeakGroup... leaks) {
    look.follow(diagnosis(leaks));
  }

  private Diagnosis diagnosis(LeakGroup... leaks) {
    return at(false, leaks);
  }

  private Diagnosis at(boolean last, LeakGroup... leaks) {
    return new Diagnosis(
        Instant.EPOCH,
        now,
        last,
        new ProcessIdentity(1, "Main", "17", "Linux", Instant.EPOCH),
        new AgentIdentity("1", "premain", Instant.EPOCH),
        new AgentHealth(List.of(), List.of(), List.of(), Map.of(), 1, 1, 1),
        new Census(Map.of(), List.of(), 1, 1, 0),
        List.of(leaks),
        List.of(),
        1,
        1);
  }

  private static LeakGroup group(String fingerprint, Cause cause, int count, MethodExit... exits) {
    Observed observed = new Observed();
    observed.exits = List.of(exits);
    return new LeakGroup(
        fingerprint,
        SocketKind.ACCEPTED,
        Verdict.SUSPECT,
        cause,
        "Because.",
        HANDLE,
        "culprit",
        "fix",
        count,
        count,
        SECOND,
        0,
        false,
        List.of(),
        List.of(observed.leaked()));
  }
}
