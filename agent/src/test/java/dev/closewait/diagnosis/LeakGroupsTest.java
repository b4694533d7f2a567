package dev.closewait.diagnosis;

import static dev.closewait.diagnosis.Observed.SECOND;
import static dev.closewait.diagnosis.Observed.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeakGroupsTest {
  private static final int MAX_EXAMPLES = 3;
  private static final long NOW = 5_000 * SECOND;
  private static final String WEB = "127.0.0.1:8080";
  private static final String ADMIN = "127.0.0.1:8081";
  private static final StackTraceElement ORDERS = frame("com.acme.Orders", "handle", 57);
  private static final StackTraceElement PRICES = frame("com.acme.Prices", "fetch", 44);

  private final LeakGroups groups = new LeakGroups(MAX_EXAMPLES);
  private long nextId = 1;

  @Test
  void putsFindingsAtOnePlaceTogether() {
    List<LeakGroup> leaks =
        groups.group(List.of(at(ORDERS, 20), at(PRICES, 5), at(ORDERS, 30)), NOW);
    assertThat(leaks).extracting(LeakGroup::culprit).containsExactly(ORDERS, PRICES);
    assertThat(leaks).extracting(LeakGroup::count).containsExactly(2, 1);
    assertThat(leaks).extracting(LeakGroup::oldestNanos).containsExactly(30 * SECOND, 5 * SECOND);
  }

  @Test
  void namesCulpritInTheReason() {
    assertThat(groups.group(List.of(at(ORDERS, 20)), NOW).get(0).reason())
        .isEqualTo("Orders.handle did it.");
  }

  @Test
  void describesTheOldestAndOnlySoManyOfThem() {
    List<Finding> found = new ArrayList<>();
    for (int age = 1; age <= 10; age++) {
      found.add(at(ORDERS, age));
    }
    LeakGroup leak = groups.group(found, NOW).get(0);
    assertThat(leak.count()).isEqualTo(10);
    assertThat(leak.examples())
        .extracting(LeakedConnection::stuckNanos)
        .containsExactly(10 * SECOND, 9 * SECOND, 8 * SECOND);
  }

  @Test
  void putsConnectionWithoutStackToThoseOpenedLikeIt() {
    LeakGroup leak =
        groups
            .group(List.of(unsampled(WEB, Cause.UNKNOWN), sampled(WEB, Cause.UNKNOWN)), NOW)
            .get(0);
    assertThat(leak.count()).isEqualTo(2);
    assertThat(leak.sampled()).isEqualTo(1);
    assertThat(leak.culprit()).isEqualTo(ORDERS);
  }

  @Test
  void leavesConnectionWithoutStackAloneWhenItWasOpenedElsewhere() {
    assertThat(
            groups.group(
                List.of(unsampled(ADMIN, Cause.UNKNOWN), sampled(WEB, Cause.UNKNOWN)), NOW))
        .hasSize(2);
  }

  @Test
  void leavesConnectionWithoutStackAloneWhenItsCauseDiffers() {
    assertThat(
            groups.group(
                List.of(unsampled(WEB, Cause.ACCEPTED_NEVER_READ), sampled(WEB, Cause.UNKNOWN)),
                NOW))
        .hasSize(2);
  }

  @Test
  void showsTheMostFrequentCauseOfGroup() {
    List<Finding> found =
        List.of(
            sampled(WEB, Cause.UNKNOWN),
            sampled(WEB, Cause.EOF_READ_NOT_CLOSED),
            sampled(WEB, Cause.EOF_READ_NOT_CLOSED));
    assertThat(groups.group(found, NOW))
        .singleElement()
        .extracting(LeakGroup::cause)
        .isEqualTo(Cause.EOF_READ_NOT_CLOSED);
  }

  @Test
  void isAsSureAsItsSurestConnection() {
    Finding young = finding(ORDERS, 1, WEB, Cause.UNKNOWN, Verdict.SUSPECT, true);
    Finding old = finding(ORDERS, 99, WEB, Cause.UNKNOWN, Verdict.LEAK, true);
    assertThat(groups.group(List.of(young, old), NOW).get(0).verdict()).isEqualTo(Verdict.LEAK);
  }

  @Test
  void putsLeakBeforeLargerSuspects() {
    Finding leak = finding(ORDERS, 99, WEB, Cause.UNKNOWN, Verdict.LEAK, true);
    assertThat(groups.group(List.of(at(PRICES, 1), at(PRICES, 2), leak), NOW))
        .extracting(LeakGroup::culprit)
        .containsExactly(ORDERS, PRICES);
  }

  @Test
  void putsLargerGroupFirst() {
    assertThat(groups.group(List.of(at(ORDERS, 1), at(PRICES, 1), at(PRICES, 2)), NOW))
        .extracting(LeakGroup::culprit)
        .containsExactly(PRICES, ORDERS);
  }

  @Test
  void isNewOnlyOnce() {
    assertThat(groups.group(List.of(at(ORDERS, 1)), NOW).get(0).isNew()).isTrue();
    assertThat(groups.group(List.of(at(ORDERS, 6)), NOW + 5 * SECOND).get(0).isNew()).isFalse();
  }

  @Test
  void isNewAgainAfterItWasResolved() {
    groups.group(List.of(at(ORDERS, 1)), NOW);
    groups.resolved(List.of(), NOW);
    assertThat(groups.group(List.of(at(ORDERS, 1)), NOW).get(0).isNew()).isTrue();
  }

  @Test
  void tellsGrowthPerMinuteSinceTheFirstReport() {
    groups.group(List.of(at(ORDERS, 1)), NOW);
    List<Finding> more = List.of(at(ORDERS, 1), at(ORDERS, 1), at(ORDERS, 1), at(ORDERS, 1));
    LeakGroup leak = groups.group(more, NOW + 120 * SECOND).get(0);
    assertThat(leak.growthPerMinute()).isCloseTo(1.5, within(1e-9));
  }

  @Test
  void tellsNoGrowthBeforeItIsKnown() {
    groups.group(List.of(at(ORDERS, 1)), NOW);
    LeakGroup leak = groups.group(List.of(at(ORDERS, 1), at(ORDERS, 1)), NOW + SECOND).get(0);
    assertThat(leak.growthPerMinute()).isZero();
  }

  @Test
  void resolvesGroupThatHasNoConnectionLeft() {
    List<LeakGroup> first = groups.group(List.of(at(ORDERS, 1), at(ORDERS, 2)), NOW);
    groups.group(List.of(at(ORDERS, 1)), NOW + SECOND);
    List<LeakGroup> none = groups.group(List.of(), NOW + 4 * SECOND);
    assertThat(groups.resolved(none, NOW + 4 * SECOND))
        .containsExactly(
            new ResolvedGroup(first.get(0).fingerprint(), Cause.UNKNOWN, 2, 4 * SECOND));
  }

  @Test
  void resolvesGroupOnce() {
    groups.group(List.of(at(ORDERS, 1)), NOW);
    assertThat(groups.resolved(List.of(), NOW)).hasSize(1);
    assertThat(groups.resolved(List.of(), NOW)).isEmpty();
  }

  @Test
  void doesNotResolveGroupThatIsThere() {
    List<LeakGroup> present = groups.group(List.of(at(ORDERS, 1)), NOW);
    assertThat(groups.resolved(present, NOW)).isEmpty();
  }

  /** A first report says "nobody closed", a later one that a thread stands elsewhere. */
  @Test
  void keepsConnectionInItsGroupThoughTheCauseSharpens() {
    Finding first = at(ORDERS, 10);
    String fingerprint = groups.group(List.of(first), NOW).get(0).fingerprint();
    Finding sharper = sameConnection(first, finding(PRICES, 15, WEB, Cause.THREAD_STUCK));
    List<LeakGroup> leaks = groups.group(List.of(sharper), NOW + 5 * SECOND);
    assertThat(leaks).singleElement().extracting(LeakGroup::fingerprint).isEqualTo(fingerprint);
    assertThat(leaks.get(0).isNew()).isFalse();
    assertThat(leaks.get(0).cause()).isEqualTo(Cause.THREAD_STUCK);
    assertThat(leaks.get(0).culprit()).isEqualTo(PRICES);
    assertThat(groups.resolved(leaks, NOW + 5 * SECOND)).isEmpty();
  }

  @Test
  void keepsConnectionWithoutStackInItsGroupWhenTheOneThatHadOneHasClosed() {
    Finding unsampled = unsampled(WEB, Cause.UNKNOWN);
    groups.group(List.of(unsampled, sampled(WEB, Cause.UNKNOWN)), NOW);
    List<LeakGroup> leaks = groups.group(List.of(unsampled), NOW + SECOND);
    assertThat(leaks).singleElement().extracting(LeakGroup::isNew).isEqualTo(false);
    assertThat(groups.resolved(leaks, NOW + SECOND)).isEmpty();
  }

  @Test
  void forgetsConnectionThatHasClosed() {
    Finding first = at(ORDERS, 10);
    groups.group(List.of(first), NOW);
    groups.group(List.of(), NOW + SECOND);
    Finding again = sameConnection(first, at(PRICES, 10));
    assertThat(groups.group(List.of(again), NOW + 2 * SECOND).get(0).fingerprint())
        .isEqualTo(again.fingerprint());
  }

  @Test
  void keepsGroupWhoseConnectionIsUsedAgain() {
    Finding finding = at(ORDERS, 10);
    groups.group(List.of(finding), NOW);
    groups.keep(Set.of(finding.id()));
    assertThat(groups.resolved(groups.group(List.of(), NOW + SECOND), NOW + SECOND)).isEmpty();
    groups.keep(Set.of());
    assertThat(groups.group(List.of(finding), NOW + 2 * SECOND).get(0).isNew()).isFalse();
    List<LeakGroup> none = groups.group(List.of(), NOW + 3 * SECOND);
    assertThat(groups.resolved(none, NOW + 3 * SECOND)).hasSize(1);
  }

  @Test
  void keepsNoGroupForConnectionThatWasNeverReported() {
    groups.keep(Set.of(99L));
    assertThat(groups.group(List.of(), NOW)).isEmpty();
    assertThat(groups.resolved(List.of(), NOW)).isEmpty();
  }

  @Test
  void ranksIdlePoolsBelowAllOthersOfTheirVerdict() {
    List<Finding> found =
        List.of(
            finding(PRICES, 20, WEB, Cause.POOLED_IDLE),
            finding(PRICES, 20, WEB, Cause.POOLED_IDLE),
            finding(ORDERS, 20, WEB, Cause.UNKNOWN));
    assertThat(groups.group(found, NOW))
        .extracting(LeakGroup::cause)
        .containsExactly(Cause.UNKNOWN, Cause.POOLED_IDLE);
  }

  @Test
  void countsAllThatFindingStandsFor() {
    LeakGroup leak =
        groups.group(List.of(at(ORDERS, 1).standingFor(40), at(ORDERS, 2)), NOW).get(0);
    assertThat(leak.count()).isEqualTo(41);
    assertThat(leak.sampled()).isEqualTo(41);
    assertThat(leak.examples()).hasSize(2);
  }

  private static Finding sameConnection(Finding as, Finding finding) {
    return new Finding(
        as.id(),
        finding.fingerprint(),
        finding.kind(),
        finding.verdict(),
        finding.ruling(),
        finding.culprit(),
        finding.sampled(),
        finding.origin(),
        finding.count(),
        finding.connection());
  }

  private Finding finding(StackTraceElement culprit, long ageSeconds, String origin, Cause cause) {
    return finding(culprit, ageSeconds, origin, cause, Verdict.SUSPECT, true);
  }

  private Finding at(@Nullable StackTraceElement culprit, long ageSeconds) {
    return finding(culprit, ageSeconds, WEB, Cause.UNKNOWN, Verdict.SUSPECT, true);
  }

  private Finding sampled(String origin, Cause cause) {
    return finding(ORDERS, 20, origin, cause, Verdict.SUSPECT, true);
  }

  private Finding unsampled(String origin, Cause cause) {
    return finding(null, 20, origin, cause, Verdict.SUSPECT, false);
  }

  private Finding finding(
      @Nullable StackTraceElement culprit,
      long ageSeconds,
      String origin,
      Cause cause,
      Verdict verdict,
      boolean sampled) {
    Observed observed = new Observed();
    observed.id = nextId++;
    observed.stuckNanos = ageSeconds * SECOND;
    Ruling ruling =
        new Ruling(
            cause, "%s did it.", "fix", List.of(), "culprit", Ruling.Certainty.BY_AGE, List.of());
    return new Finding(
        observed.id,
        Fingerprint.of(SocketKind.ACCEPTED, culprit, WEB),
        SocketKind.ACCEPTED,
        verdict,
        ruling,
        culprit == null ? null : new Culprit(culprit, true),
        sampled,
        origin,
        1,
        observed.leaked());
  }
}
