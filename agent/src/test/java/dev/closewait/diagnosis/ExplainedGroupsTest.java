package dev.closewait.diagnosis;

import static dev.closewait.diagnosis.Exits.HANDLE;
import static dev.closewait.diagnosis.Exits.byException;
import static dev.closewait.diagnosis.Exits.byReturn;
import static dev.closewait.diagnosis.Observed.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.connection.MethodExit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One connection of which it is known how it was left speaks for its group. */
class ExplainedGroupsTest {
  private static final long NOW = 5_000 * SECOND;

  private final LeakGroups groups = new LeakGroups(2);
  private final List<Finding> found = new ArrayList<>();

  @Test
  void takesTheCauseOfTheOneThatIsExplained() {
    left(90, Cause.UNKNOWN, Verdict.LEAK);
    left(80, Cause.UNKNOWN, Verdict.LEAK);
    left(5, Cause.EXCEPTION_SKIPPED_CLOSE, Verdict.SUSPECT, byException(HANDLE));
    LeakGroup leak = group();
    assertThat(leak.cause()).isEqualTo(Cause.EXCEPTION_SKIPPED_CLOSE);
    assertThat(leak.verdict()).as("of the oldest").isEqualTo(Verdict.LEAK);
    assertThat(leak.isExplained()).isTrue();
    assertThat(leak.count()).isEqualTo(3);
  }

  @Test
  void showsItAmongTheOldest() {
    left(90, Cause.UNKNOWN, Verdict.SUSPECT);
    left(80, Cause.UNKNOWN, Verdict.SUSPECT);
    left(70, Cause.UNKNOWN, Verdict.SUSPECT);
    left(5, Cause.UNKNOWN, Verdict.SUSPECT, byReturn(HANDLE));
    assertThat(group().examples())
        .extracting(LeakedConnection::stuckNanos)
        .containsExactly(90 * SECOND, 5 * SECOND);
  }

  @Test
  void saysThatTheOthersWereNotWatched() {
    left(90, Cause.UNKNOWN, Verdict.SUSPECT);
    left(5, Cause.UNKNOWN, Verdict.SUSPECT, byReturn(HANDLE));
    assertThat(group().evidence())
        .extracting(Evidence::fact)
        .contains("seen for 1 of 2; the others leaked while their methods were not watched");
  }

  @Test
  void countsThoseThatWereLeftInAnotherWay() {
    left(90, Cause.EXCEPTION_SKIPPED_CLOSE, Verdict.SUSPECT, byException(HANDLE));
    left(80, Cause.EOF_READ_NOT_CLOSED, Verdict.SUSPECT, byReturn(HANDLE));
    left(70, Cause.EXCEPTION_SKIPPED_CLOSE, Verdict.SUSPECT, byException(HANDLE));
    LeakGroup leak = group();
    assertThat(leak.evidence())
        .extracting(Evidence::fact)
        .containsExactly("seen for 2 of 3", "1 of them: EOF_READ_NOT_CLOSED");
    assertThat(leak.examples()).hasSize(2);
    assertThat(leak.alike()).hasSize(1);
  }

  @Test
  void saysNothingOfOthersWhereThereAreNone() {
    left(5, Cause.UNKNOWN, Verdict.SUSPECT, byReturn(HANDLE));
    assertThat(group().evidence()).isEmpty();
  }

  /** How inner methods returned says nothing about a thread that stands in an outer one. */
  @Test
  void leavesOtherCausesAlone() {
    left(90, Cause.THREAD_STUCK, Verdict.SUSPECT);
    left(80, Cause.THREAD_STUCK, Verdict.SUSPECT);
    left(5, Cause.EXCEPTION_SKIPPED_CLOSE, Verdict.SUSPECT, byException(HANDLE));
    assertThat(group().cause()).isEqualTo(Cause.THREAD_STUCK);
  }

  private LeakGroup group() {
    List<LeakGroup> all = groups.group(found, NOW);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private void left(long ageSeconds, Cause cause, Verdict verdict, MethodExit... exits) {
    Observed observed = new Observed();
    observed.id = found.size() + 1;
    observed.stuckNanos = ageSeconds * SECOND;
    observed.exits = List.of(exits);
    Ruling ruling =
        new Ruling(
            cause, "%s did it.", "fix", List.of(), "culprit", Ruling.Certainty.BY_AGE, List.of());
    found.add(
        new Finding(
            observed.id,
            Fingerprint.of(SocketKind.ACCEPTED, HANDLE, ""),
            SocketKind.ACCEPTED,
            verdict,
            ruling,
            new Culprit(HANDLE, true),
            true,
            "127.0.0.1:8080",
            1,
            observed.leaked()));
  }
}
