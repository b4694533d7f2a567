package dev.closewait.diagnosis.rules;

import static dev.closewait.diagnosis.Observed.READ_STACK;
import static dev.closewait.diagnosis.Observed.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.connection.Registration;
import dev.closewait.connection.Transport;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.LeakRule;
import dev.closewait.diagnosis.Observed;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.kernel.TcpState;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The complete proof of one rule.
 *
 * @param complete makes a connection of which it holds, to be varied
 */
record Proof(LeakRule rule, Supplier<Observed> complete, Cause cause) {
  static final Registration REGISTERED = new Registration(true, 1, false);
  static final Registration UNREGISTERED = new Registration(false, 0, false);

  static final Proof EOF =
      new Proof(
          new EofReadNotClosedRule(),
          () -> new Observed().readToItsEnd(),
          Cause.EOF_READ_NOT_CLOSED);
  static final Proof NEVER_READ =
      new Proof(
          new AcceptedNeverReadRule(),
          () -> with(new Observed().neverRead(), o -> o.registration = UNREGISTERED),
          Cause.ACCEPTED_NEVER_READ);
  static final Proof DEAD =
      new Proof(
          new DeadNotClosedRule(),
          () -> with(new Observed(), o -> o.state = TcpState.CLOSE),
          Cause.DEAD_NOT_CLOSED);
  static final Proof CLOSED =
      new Proof(
          new CloseIneffectiveRule(),
          () -> with(new Observed(), o -> o.closeRequest = event(READ_STACK)),
          Cause.CLOSE_INEFFECTIVE);
  static final Proof COLLECTED =
      new Proof(
          new UnreachableRule(),
          () ->
              with(
                  new Observed(),
                  o -> {
                    o.unreachable = true;
                    o.transport = Transport.SOCKET_CHANNEL;
                  }),
          Cause.UNREACHABLE);
  static final Proof POOLED =
      new Proof(
          new PooledIdleRule(Observed.CLIENTS, Observed.APPLICATION),
          Observed::pooled,
          Cause.POOLED_IDLE);

  static Stream<Proof> all() {
    return Stream.of(EOF, NEVER_READ, DEAD, CLOSED, COLLECTED, POOLED);
  }

  Ruling judge(Observed observed) {
    Ruling ruling = rule.judge(observed.suspicion());
    assertThat(ruling).isNotNull();
    return ruling;
  }

  static Observed with(Observed observed, Consumer<Observed> change) {
    change.accept(observed);
    return observed;
  }

  @Override
  public String toString() {
    return cause.name();
  }
}
