package dev.closewait.diagnosis.rules;

import static dev.closewait.diagnosis.Exits.READ;
import static dev.closewait.diagnosis.Exits.before;
import static dev.closewait.diagnosis.Exits.byException;
import static dev.closewait.diagnosis.Exits.byReturn;
import static dev.closewait.diagnosis.Observed.ACCEPT_STACK;
import static dev.closewait.diagnosis.Observed.READ_STACK;
import static dev.closewait.diagnosis.Observed.event;
import static dev.closewait.diagnosis.Observed.failure;
import static dev.closewait.diagnosis.rules.Proof.CLOSED;
import static dev.closewait.diagnosis.rules.Proof.COLLECTED;
import static dev.closewait.diagnosis.rules.Proof.DEAD;
import static dev.closewait.diagnosis.rules.Proof.EOF;
import static dev.closewait.diagnosis.rules.Proof.HALF;
import static dev.closewait.diagnosis.rules.Proof.INTEREST;
import static dev.closewait.diagnosis.rules.Proof.LEFT;
import static dev.closewait.diagnosis.rules.Proof.NEVER_READ;
import static dev.closewait.diagnosis.rules.Proof.POOLED;
import static dev.closewait.diagnosis.rules.Proof.REGISTERED;
import static dev.closewait.diagnosis.rules.Proof.RESPONSE;
import static dev.closewait.diagnosis.rules.Proof.UNREAD;
import static dev.closewait.diagnosis.rules.Proof.UNREGISTERED;
import static dev.closewait.diagnosis.rules.Proof.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.connection.Direction;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.Observed;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.kernel.TcpState;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each rule holds on its complete proof, and on nothing less; the stuck thread has a test of its
 * own.
 */
class RulesTest {
  static Stream<Proof> proofs() {
    return Proof.all();
  }

  @ParameterizedTest
  @MethodSource("proofs")
  void holdsOnItsProof(Proof proof) {
    Ruling ruling = proof.rule().judge(proof.complete().get().suspicion());
    assertThat(ruling).isNotNull();
    assertThat(ruling.cause()).isEqualTo(proof.cause());
    assertThat(ruling.reason()).endsWith(".");
    assertThat(ruling.fix()).isNotBlank();
    assertThat(ruling.blamed()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("proofs")
  void carriesWhatTheKernelSays(Proof proof) {
    Ruling ruling = proof.rule().judge(proof.complete().get().suspicion());
    assertThat(ruling).isNotNull();
    assertThat(ruling.evidence()).extracting(Evidence::source).contains(Evidence.Source.KERNEL);
    assertThat(ruling.evidence().size()).isGreaterThan(1);
  }

  static Stream<Arguments> gaps() {
    return Stream.of(
        gap(EOF, "no read returned -1", o -> o.eof = null),
        gap(EOF, "the connection has ended", o -> o.state = TcpState.CLOSE),
        gap(LEFT, "no method was left", o -> o.exits = List.of()),
        gap(LEFT, "it returned", o -> o.exits = List.of(byReturn(READ))),
        gap(LEFT, "it was used again", o -> o.exits = List.of(before(byException(READ)))),
        gap(LEFT, "its peer has not closed", o -> o.state = TcpState.ESTABLISHED),
        gap(NEVER_READ, "a read returned data", o -> o.reads = 1),
        gap(NEVER_READ, "a read was tried", o -> o.readTried = true),
        gap(NEVER_READ, "a read returned -1", o -> o.eof = event(READ_STACK)),
        gap(NEVER_READ, "a read failed", o -> o.error = failure("java.io.IOException", null)),
        gap(NEVER_READ, "it is registered", o -> o.registration = REGISTERED),
        gap(NEVER_READ, "it was connected", o -> o.direction = Direction.CONNECTED),
        gap(NEVER_READ, "it is not known who opened it", o -> o.direction = Direction.UNKNOWN),
        gap(NEVER_READ, "its peer has not closed", o -> o.state = TcpState.ESTABLISHED),
        gap(NEVER_READ, "the kernel cannot be asked", o -> o.state = null),
        gap(DEAD, "it is in CLOSE_WAIT", o -> o.state = TcpState.CLOSE_WAIT),
        gap(DEAD, "the kernel cannot be asked", o -> o.state = null),
        gap(CLOSED, "nobody called close", o -> o.closeRequest = null),
        gap(COLLECTED, "it was collected only now", o -> o.unreachable = false),
        gap(HALF, "nothing was written since", o -> o.writtenSinceEof = false),
        gap(HALF, "no read returned -1", o -> o.eof = null),
        gap(HALF, "the end is read again and again", o -> o.readsEofAgain = true),
        gap(HALF, "the connection has ended", o -> o.state = TcpState.CLOSE),
        gap(INTEREST, "its key has OP_READ", o -> o.registration = REGISTERED),
        gap(INTEREST, "it has no key", o -> o.registration = UNREGISTERED),
        gap(INTEREST, "it is no channel", o -> o.registration = null),
        gap(INTEREST, "a read returned -1", o -> o.eof = event(READ_STACK)),
        gap(INTEREST, "its peer has not closed", o -> o.state = TcpState.ESTABLISHED),
        gap(UNREAD, "only the FIN is unread", o -> o.receiveQueueBytes = 1),
        gap(UNREAD, "the receive queue is not known", o -> o.receiveQueueBytes = -1),
        gap(UNREAD, "a read returned -1", o -> o.eof = event(READ_STACK)),
        gap(UNREAD, "it was connected", o -> o.direction = Direction.CONNECTED),
        gap(RESPONSE, "it was accepted", o -> o.direction = Direction.ACCEPTED),
        gap(RESPONSE, "nothing was read", o -> o.reads = 0),
        gap(RESPONSE, "it was read to its end", o -> o.receiveQueueBytes = 1),
        gap(RESPONSE, "a library reads it", o -> o.lastUse = Observed.pooled().lastUse),
        gap(UNREAD, "it was never used", o -> o.lastUse = null),
        gap(UNREAD, "its peer has not closed", o -> o.state = TcpState.ESTABLISHED),
        gap(UNREAD, "its object is gone, and with it the thread", o -> o.collected = true),
        gap(POOLED, "it was accepted", o -> o.direction = Direction.ACCEPTED),
        gap(POOLED, "its peer has not closed", o -> o.state = TcpState.ESTABLISHED),
        gap(POOLED, "its connect has not ended", o -> o.connectPending = true),
        gap(POOLED, "the application was told", o -> o.error = failure("reset", READ_STACK)),
        gap(POOLED, "a read returned -1", o -> o.eof = event(READ_STACK)),
        gap(POOLED, "a response is unread", o -> o.receiveQueueBytes = 513),
        gap(
            POOLED,
            "no pooling library is on a stack",
            o -> {
              o.opened = event(ACCEPT_STACK);
              o.lastUse = event(READ_STACK);
            }));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("gaps")
  void doesNotHoldWhen(Proof proof, String gap, Consumer<Observed> change) {
    assertThat(proof.rule().judge(with(proof.complete().get(), change).suspicion())).isNull();
  }

  private static Arguments gap(Proof proof, String name, Consumer<Observed> change) {
    return Arguments.of(proof, name, change);
  }
}
