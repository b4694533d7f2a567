package dev.closewait.diagnosis.rules;

import static dev.closewait.diagnosis.Observed.ACCEPT_STACK;
import static dev.closewait.diagnosis.Observed.READ_STACK;
import static dev.closewait.diagnosis.Observed.event;
import static dev.closewait.diagnosis.Observed.failure;
import static dev.closewait.diagnosis.rules.Proof.CLOSED;
import static dev.closewait.diagnosis.rules.Proof.DEAD;
import static dev.closewait.diagnosis.rules.Proof.EOF;
import static dev.closewait.diagnosis.rules.Proof.NEVER_READ;
import static dev.closewait.diagnosis.rules.Proof.POOLED;
import static dev.closewait.diagnosis.rules.Proof.UNREGISTERED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.connection.Registration;
import dev.closewait.connection.Transport;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.Observed;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.kernel.TcpState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the rulings say, and whom they blame. */
class RulingsTest {
  @Test
  void acceptedSocketThatIsNoChannelNeedsNoRegistration() {
    Observed socket = new Observed().neverRead();
    assertThat(NEVER_READ.judge(socket).cause()).isEqualTo(Cause.ACCEPTED_NEVER_READ);
  }

  @Test
  void blamesTheReadForEofThenTheOpening() {
    assertThat(EOF.judge(new Observed().readToItsEnd()).blamed())
        .startsWith(READ_STACK)
        .contains(ACCEPT_STACK);
  }

  /** BufferedReader and others read on after the first -1: that alone is no loop. */
  @Test
  void takesSecondEndOfStreamForNoLoop() {
    Observed twice = new Observed().readToItsEnd();
    twice.eof = Observed.times(2, READ_STACK);
    assertThat(EOF.judge(twice).reason()).contains("nobody has closed the socket since");
  }

  @Test
  void saysThatTheEndIsReadAgainAndAgain() {
    Observed looping = new Observed().readToItsEnd();
    looping.eof = Observed.times(4_000, READ_STACK);
    looping.readsEofAgain = true;
    Ruling ruling = EOF.judge(looping);
    assertThat(ruling.reason()).contains("again and again");
    assertThat(ruling.evidence().get(0).fact()).contains("4000 times");
  }

  @Test
  void blamesTheAcceptForWhatWasNeverRead() {
    assertThat(NEVER_READ.judge(new Observed().neverRead()).blamed()).startsWith(ACCEPT_STACK);
  }

  @Test
  void blamesTheErrorForWhatIsDead() {
    Observed reset = DEAD.complete().get();
    reset.opened = event(ACCEPT_STACK);
    reset.lastUse = event(ACCEPT_STACK);
    reset.error = failure("java.net.SocketException: Connection reset", READ_STACK);
    Ruling ruling = DEAD.judge(reset);
    assertThat(ruling.blamed()).startsWith(READ_STACK);
    assertThat(ruling.evidence())
        .extracting(Evidence::fact)
        .anyMatch(fact -> fact.contains("Connection reset"));
  }

  @Test
  void saysThatConnectFailed() {
    Observed pending = DEAD.complete().get();
    pending.connectPending = true;
    pending.error = failure("java.net.ConnectException: Connection refused", READ_STACK);
    assertThat(DEAD.judge(pending).reason()).startsWith("The connect in %s failed");
  }

  @Test
  void saysThatCloseFailed() {
    Observed failed = new Observed();
    failed.closeRequest = failure("java.io.IOException: Input/output error", READ_STACK);
    Ruling ruling = CLOSED.judge(failed);
    assertThat(ruling.reason()).startsWith("close() failed");
    assertThat(ruling.evidence().get(0).fact()).contains("Input/output error");
  }

  @Test
  void asksForTheSelectorThatReleasesClosedChannel() {
    Observed channel = CLOSED.complete().get();
    channel.transport = Transport.SOCKET_CHANNEL;
    channel.registration = UNREGISTERED;
    assertThat(CLOSED.judge(channel).fix()).contains("selector");
    channel.registration = new Registration(false, 0, true);
    assertThat(CLOSED.judge(channel).fix()).doesNotContain("selector");
  }

  @Test
  void asksForNoSelectorWhereSocketWasClosed() {
    assertThat(CLOSED.judge(CLOSED.complete().get()).fix()).doesNotContain("selector");
  }

  @Test
  void provesOnlyWhatNobodyCanCloseAnyMore() {
    assertThat(Proof.all())
        .allSatisfy(
            proof ->
                assertThat(proof.judge(proof.complete().get()).certainty())
                    .isEqualTo(
                        switch (proof.cause()) {
                          case UNREACHABLE -> Ruling.Certainty.PROVEN;
                          case POOLED_IDLE -> Ruling.Certainty.HARMLESS;
                          default -> Ruling.Certainty.BY_AGE;
                        }));
  }

  /** A TLS close_notify, or "408 Request Timeout". */
  @Test
  void takesFarewellForNoResponse() {
    Observed farewell = Observed.pooled();
    farewell.receiveQueueBytes = 512;
    assertThat(POOLED.judge(farewell).cause()).isEqualTo(Cause.POOLED_IDLE);
  }

  @Test
  void takesPooledConnectionThatIsDeadForIdleToo() {
    Observed dead = Observed.pooled();
    dead.state = TcpState.CLOSE;
    assertThat(POOLED.judge(dead).cause()).isEqualTo(Cause.POOLED_IDLE);
  }

  @Test
  void namesPoolAndItsRemedy() {
    Ruling ruling = POOLED.judge(Observed.pooled());
    assertThat(ruling.reason()).contains("Apache HttpClient 5");
    assertThat(ruling.fix()).contains("evictIdleConnections");
    assertThat(ruling.role()).isEqualTo("last used");
  }

  @Test
  void lastRuleHoldsWithoutAnyProof() {
    Observed nothing = new Observed().neverRead();
    nothing.state = null;
    nothing.opened = event(null);
    nothing.listener = null;
    assertThat(new UnknownRule().judge(nothing.suspicion()).cause()).isEqualTo(Cause.UNKNOWN);
  }

  @Test
  void lastRuleSaysThatDataWasLeftUnread() {
    Observed unread = new Observed();
    unread.receiveQueueBytes = 513;
    assertThat(new UnknownRule().judge(unread.suspicion()).evidence())
        .extracting(Evidence::fact)
        .anyMatch(fact -> fact.contains("data was left unread"));
  }

  @Test
  void lastRuleBlamesTheLastUse() {
    Ruling ruling = new UnknownRule().judge(new Observed().suspicion());
    assertThat(ruling.blamed()).startsWith(READ_STACK);
    assertThat(ruling.role()).isEqualTo("last used");
  }

  @Test
  void askThenTheListenerWhereNoOtherStackHelps() {
    List<List<StackTraceElement>> stacks = OriginStacks.of(new Observed().connection());
    assertThat(stacks).hasSize(2).startsWith(ACCEPT_STACK);
    assertThat(stacks.get(1).get(0).getMethodName()).isEqualTo("bind");
  }
}
