package dev.closewait.diagnosis;

import static dev.closewait.diagnosis.Observed.READ_STACK;
import static dev.closewait.diagnosis.Observed.SECOND;
import static dev.closewait.diagnosis.Observed.event;
import static dev.closewait.diagnosis.Observed.failure;
import static dev.closewait.diagnosis.Observed.frame;
import static dev.closewait.diagnosis.Observed.stack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.connection.Registration;
import dev.closewait.connection.Transport;
import dev.closewait.diagnosis.bytecode.ClassFiles;
import dev.closewait.diagnosis.bytecode.MethodStarts;
import dev.closewait.kernel.TcpState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where two rules hold, the one that says more is asked first. */
class LeakRulesTest {
  private static final long THRESHOLD = 10 * SECOND;
  private static final ThreadLook STUCK =
      new ThreadLook(
          "worker-1",
          Thread.State.WAITING,
          stack(
              frame("jdk.internal.misc.Unsafe", "park", -2),
              frame("com.acme.Orders", "read", 60),
              READ_STACK.get(2),
              READ_STACK.get(3)),
          1,
          THRESHOLD);

  private final LeakRules rules =
      new LeakRules(ApplicationFrames.of(List.of()), new MethodStarts(ClassFiles.NONE), THRESHOLD);
  private final Observed observed = new Observed();

  @Test
  void closeThatWasCalledComesFirst() {
    observed.readToItsEnd();
    observed.closeRequest = event(READ_STACK);
    observed.look = STUCK;
    observed.unreachable = true;
    observed.state = TcpState.CLOSE;
    assertThat(cause()).isEqualTo(Cause.CLOSE_INEFFECTIVE);
  }

  @Test
  void unreachableChannelComesBeforeWhatItsThreadDid() {
    observed.readToItsEnd();
    observed.look = STUCK;
    observed.unreachable = true;
    observed.transport = Transport.SOCKET_CHANNEL;
    assertThat(cause()).isEqualTo(Cause.UNREACHABLE);
  }

  @Test
  void stuckThreadComesBeforeEndOfStream() {
    observed.readToItsEnd();
    observed.look = STUCK;
    assertThat(cause()).isEqualTo(Cause.THREAD_STUCK);
  }

  @Test
  void stuckThreadComesBeforeDeadConnection() {
    observed.state = TcpState.CLOSE;
    observed.look = STUCK;
    assertThat(cause()).isEqualTo(Cause.THREAD_STUCK);
  }

  @Test
  void deadConnectionComesBeforeEndOfStream() {
    observed.readToItsEnd();
    observed.state = TcpState.CLOSE;
    assertThat(cause()).isEqualTo(Cause.DEAD_NOT_CLOSED);
  }

  @Test
  void exceptionThatLeftTheMethodComesBeforeEndOfStream() {
    observed.readToItsEnd();
    observed.exits = List.of(Exits.byException(Exits.READ));
    assertThat(cause()).isEqualTo(Cause.EXCEPTION_SKIPPED_CLOSE);
  }

  @Test
  void deadConnectionComesBeforeExceptionThatLeftTheMethod() {
    observed.exits = List.of(Exits.byException(Exits.READ));
    observed.state = TcpState.CLOSE;
    assertThat(cause()).isEqualTo(Cause.DEAD_NOT_CLOSED);
  }

  /** The kernel has the last word. */
  @Test
  void tellsHowMethodsWereLeftWhateverTheCause() {
    observed.readToItsEnd();
    observed.exits = List.of(Exits.byReturn(Exits.READ));
    Ruling ruling = rules.judge(observed.suspicion());
    assertThat(ruling.cause()).isEqualTo(Cause.EOF_READ_NOT_CLOSED);
    assertThat(ruling.evidence())
        .extracting(Evidence::source)
        .containsExactly(Evidence.Source.HOOK, Evidence.Source.HOOK, Evidence.Source.KERNEL);
    assertThat(ruling.evidence().get(1).fact()).startsWith("Orders.read:58 returned");
  }

  @Test
  void endOfStreamThatWasReadIsNoIdlePool() {
    Observed client = Observed.pooled();
    client.eof = event(READ_STACK);
    assertThat(rules.judge(client.suspicion()).cause()).isEqualTo(Cause.EOF_READ_NOT_CLOSED);
  }

  @Test
  void idlePoolComesBeforeUnknown() {
    assertThat(rules.judge(Observed.pooled().suspicion()).cause()).isEqualTo(Cause.POOLED_IDLE);
  }

  /** TLS ends the connection in the kernel too, and no pool is to blame for that. */
  @Test
  void idlePoolComesBeforeDeadConnection() {
    Observed client = Observed.pooled();
    client.state = TcpState.CLOSE;
    assertThat(rules.judge(client.suspicion()).cause()).isEqualTo(Cause.POOLED_IDLE);
  }

  @Test
  void neverReadComesBeforeUnknown() {
    observed.neverRead();
    assertThat(cause()).isEqualTo(Cause.ACCEPTED_NEVER_READ);
  }

  @Test
  void halfClosedConnectionComesBeforeEndOfStream() {
    observed.readToItsEnd();
    observed.writtenSinceEof = true;
    assertThat(cause()).isEqualTo(Cause.HALF_CLOSED);
  }

  @Test
  void shutdownOfBothDirectionsIsNoDeath() {
    observed.shutdown = event(READ_STACK);
    observed.outputShutdown = true;
    observed.state = TcpState.CLOSE;
    assertThat(cause()).isEqualTo(Cause.HALF_CLOSED);
  }

  @Test
  void endOfStreamComesBeforeReadInterest() {
    observed.readToItsEnd();
    observed.registration = new Registration(true, 0, false);
    assertThat(cause()).isEqualTo(Cause.EOF_READ_NOT_CLOSED);
  }

  @Test
  void readInterestComesBeforeNeverReadAndUnreadData() {
    observed.neverRead();
    observed.registration = new Registration(true, 0, false);
    observed.receiveQueueBytes = 9;
    assertThat(cause()).isEqualTo(Cause.READ_INTEREST_OFF);
  }

  @Test
  void keyThatWasLostComesBeforeNeverReadUnlessThreadsMayRead() {
    observed.neverRead();
    observed.registration = new Registration(false, 0, false, true);
    assertThat(cause()).isEqualTo(Cause.READ_INTEREST_OFF);
    observed.registration = new Registration(false, 0, true, true);
    assertThat(cause()).isEqualTo(Cause.ACCEPTED_NEVER_READ);
  }

  @Test
  void unreadDataComesBeforeUnknown() {
    observed.receiveQueueBytes = 9;
    assertThat(cause()).isEqualTo(Cause.UNREAD_DATA);
  }

  @Test
  void isUnknownWhereNoProofIsComplete() {
    observed.error = failure("java.io.IOException: odd", READ_STACK);
    assertThat(cause()).isEqualTo(Cause.UNKNOWN);
  }

  private Cause cause() {
    return rules.judge(observed.suspicion()).cause();
  }
}
