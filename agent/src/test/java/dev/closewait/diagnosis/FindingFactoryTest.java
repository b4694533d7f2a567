package dev.closewait.diagnosis;

import static dev.closewait.diagnosis.Observed.ACCEPT_STACK;
import static dev.closewait.diagnosis.Observed.READ_STACK;
import static dev.closewait.diagnosis.Observed.SECOND;
import static dev.closewait.diagnosis.Observed.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.connection.Direction;
import dev.closewait.connection.Endpoint;
import dev.closewait.connection.ListenerSnapshot;
import dev.closewait.diagnosis.Ruling.Certainty;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingFactoryTest {
  private static final long THRESHOLD = 10 * SECOND;
  private static final long FOREVER = 1_000_000 * SECOND;

  private final FindingFactory findings =
      new FindingFactory(new CulpritFinder(ApplicationFrames.of(List.of())), THRESHOLD);
  private final Observed observed = new Observed();

  @Test
  void suspectsAtTheThreshold() {
    assertThat(verdict(Certainty.BY_AGE, THRESHOLD)).isEqualTo(Verdict.SUSPECT);
  }

  @Test
  void suspectsUntilSixThresholds() {
    assertThat(verdict(Certainty.BY_AGE, 6 * THRESHOLD - 1)).isEqualTo(Verdict.SUSPECT);
  }

  @Test
  void callsItLeakAtSixThresholds() {
    foundBefore();
    assertThat(verdict(Certainty.BY_AGE, 6 * THRESHOLD)).isEqualTo(Verdict.LEAK);
  }

  /** A scanner without a core comes late itself, and has seen no thread go on yet. */
  @Test
  void suspectsAtMostWhatOneScanAloneHasFound() {
    assertThat(verdict(Certainty.BY_AGE, FOREVER)).isEqualTo(Verdict.SUSPECT);
    findings.endScan();
    assertThat(verdict(Certainty.BY_AGE, FOREVER)).isEqualTo(Verdict.LEAK);
  }

  @Test
  void startsAnewWhereOneScanHasNotFoundIt() {
    foundBefore();
    findings.endScan();
    assertThat(verdict(Certainty.BY_AGE, FOREVER)).isEqualTo(Verdict.SUSPECT);
  }

  @Test
  void callsWhatIsProvenLeakAtOnce() {
    assertThat(verdict(Certainty.PROVEN, 0)).isEqualTo(Verdict.LEAK);
  }

  @Test
  void neverCallsHarmlessLeak() {
    assertThat(verdict(Certainty.HARMLESS, FOREVER)).isEqualTo(Verdict.SUSPECT);
  }

  @Test
  void judgesListenersByTheSameAges() {
    observed.stuckNanos = 6 * THRESHOLD;
    findings.ofListener(ruling(Certainty.BY_AGE), observed.leaked(), listener());
    findings.endScan();
    Finding old = findings.ofListener(ruling(Certainty.BY_AGE), observed.leaked(), listener());
    assertThat(old.verdict()).isEqualTo(Verdict.LEAK);
    assertThat(old.kind()).isEqualTo(SocketKind.LISTENER);
    assertThat(old.origin()).isEqualTo("127.0.0.1:8080");
  }

  @Test
  void tellsKindsApart() {
    assertThat(finding().kind()).isEqualTo(SocketKind.ACCEPTED);
    observed.direction = Direction.CONNECTED;
    assertThat(finding().kind()).isEqualTo(SocketKind.CONNECTED);
    assertThat(
            findings
                .ofCollected(ruling(Certainty.HARMLESS), observed.leaked(), observed.connection())
                .kind())
        .isEqualTo(SocketKind.COLLECTED);
  }

  /** It keeps its group when its handle is collected and its descriptor stays open. */
  @Test
  void isOfTheSameKindWhileItsDescriptorIsOpen() {
    observed.collected = true;
    assertThat(finding().kind()).isEqualTo(SocketKind.ACCEPTED);
  }

  @Test
  void isSampledWhenTheStackOfTheCauseWasTaken() {
    assertThat(finding().sampled()).isTrue();
  }

  @Test
  void isNotSampledWhenOnlyTheStackOfTheOpeningWasTaken() {
    Ruling ruling = ruling(Certainty.BY_AGE, List.of(List.of(), ACCEPT_STACK));
    Finding finding = findings.ofConnection(ruling, observed.leaked(), observed.connection(), 0);
    assertThat(finding.sampled()).isFalse();
    assertThat(finding.culprit()).isEqualTo(new Culprit(ACCEPT_STACK.get(2), false));
  }

  /** The accept stack of one listener and thread may stand in for the connection's own. */
  @Test
  void isNotSampledWhenItsOnlyStackIsOfAnotherAccept() {
    observed.opened = failure("the stack is of another accept", ACCEPT_STACK);
    Ruling ruling = ruling(Certainty.BY_AGE, List.of(ACCEPT_STACK));
    assertThat(findings.ofConnection(ruling, observed.leaked(), observed.connection(), 0).sampled())
        .isFalse();
  }

  @Test
  void sharesOriginWithAllConnectionsOfItsListener() {
    String origin = finding().origin();
    observed.remote = Observed.endpoint(50_002);
    observed.id = 2;
    assertThat(finding().origin()).isEqualTo(origin);
  }

  @Test
  void sharesOriginWithAllConnectionsOfItsPortWhereTheListenerIsNotKnown() {
    observed.listener = null;
    String origin = finding().origin();
    observed.remote = Observed.endpoint(50_002);
    assertThat(finding().origin()).isEqualTo(origin);
  }

  @Test
  void sharesOriginOnlyWithConnectionsToTheSameServer() {
    observed.listener = null;
    observed.direction = Direction.CONNECTED;
    observed.remote = Observed.endpoint(443);
    String origin = finding().origin();
    observed.local = Observed.endpoint(50_003);
    assertThat(finding().origin()).isEqualTo(origin);
    observed.remote = new Endpoint(null, 443);
    assertThat(finding().origin()).isNotEqualTo(origin);
  }

  private void foundBefore() {
    finding();
    findings.endScan();
  }

  private Finding finding() {
    return findings.ofConnection(
        ruling(Certainty.BY_AGE), observed.leaked(), observed.connection(), 0);
  }

  private Verdict verdict(Certainty certainty, long lateNanos) {
    return findings
        .ofConnection(ruling(certainty), observed.leaked(), observed.connection(), lateNanos)
        .verdict();
  }

  private static ListenerSnapshot listener() {
    return Observed.listener(7, 0);
  }

  private static Ruling ruling(Certainty certainty) {
    return ruling(certainty, List.of(READ_STACK, ACCEPT_STACK));
  }

  private static Ruling ruling(Certainty certainty, List<List<StackTraceElement>> blamed) {
    return new Ruling(
        Cause.EOF_READ_NOT_CLOSED, "%s read.", "fix", blamed, Ruling.CULPRIT, certainty, List.of());
  }
}
