package dev.closewait.diagnosis.rules;

import static dev.closewait.diagnosis.Observed.READ_STACK;
import static dev.closewait.diagnosis.Observed.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.connection.Direction;
import dev.closewait.connection.Registration;
import dev.closewait.connection.Transport;
import dev.closewait.diagnosis.ApplicationFrames;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Exits;
import dev.closewait.diagnosis.LeakRule;
import dev.closewait.diagnosis.Observed;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.kernel.TcpState;
import java.nio.channels.SelectionKey;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The complete proof of one rule.
 *
 * @param complete makes a connection of which it holds, to be varied
 */
record Proof(LeakRule rule, Supplier<Observed> complete, Cause cause) {
  static final Registration REGISTERED = new Registration(true, SelectionKey.OP_READ, false);
  static final Registration UNREGISTERED = new Registration(false, 0, false);
  static final Registration INTEREST_OFF = new Registration(true, SelectionKey.OP_WRITE, false);

  static final Proof EOF =
      new Proof(
          new EofReadNotClosedRule(),
          () -> new Observed().readToItsEnd(),
          Cause.EOF_READ_NOT_CLOSED);
  static final Proof LEFT =
      new Proof(
          new ExceptionSkippedCloseRule(ApplicationFrames.of(List.of())),
          () -> with(new Observed(), o -> o.exits = List.of(Exits.byException(Exits.READ))),
          Cause.EXCEPTION_SKIPPED_CLOSE);
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
  static final Proof POOLED = new Proof(new PooledIdleRule(), Observed::pooled, Cause.POOLED_IDLE);

  static final Proof HALF =
      new Proof(
          new HalfClosedRule(),
          () -> with(new Observed().readToItsEnd(), o -> o.writtenSinceEof = true),
          Cause.HALF_CLOSED);
  static final Proof INTEREST =
      new Proof(
          new ReadInterestOffRule(),
          () -> with(new Observed(), o -> o.registration = INTEREST_OFF),
          Cause.READ_INTEREST_OFF);
  static final Proof UNREAD =
      new Proof(
          new UnreadDataRule(ApplicationFrames.of(List.of())),
          () -> with(new Observed(), o -> o.receiveQueueBytes = 9),
          Cause.UNREAD_DATA);

  static final Proof RESPONSE =
      new Proof(
          new ResponseLeftUnreadRule(ApplicationFrames.of(List.of())),
          () ->
              with(
                  new Observed(),
                  o -> {
                    o.direction = Direction.CONNECTED;
                    o.receiveQueueBytes = 9;
                  }),
          Cause.BODY_NOT_CONSUMED);

  static Stream<Proof> all() {
    return Stream.of(
        EOF, LEFT, NEVER_READ, DEAD, CLOSED, COLLECTED, POOLED, HALF, INTEREST, UNREAD, RESPONSE);
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
