package dev.closewait.diagnosis;

import static dev.closewait.diagnosis.Exits.HANDLE;
import static dev.closewait.diagnosis.Exits.READ;
import static dev.closewait.diagnosis.Exits.byReturn;
import static dev.closewait.diagnosis.Observed.event;
import static dev.closewait.diagnosis.Observed.failure;
import static dev.closewait.diagnosis.Observed.frame;
import static dev.closewait.diagnosis.Observed.stack;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What has become of the thread that used a connection last. */
class UserEvidenceTest {
  private static final StackTraceElement SOCKET_READ =
      frame("sun.nio.ch.NioSocketImpl", "read", 300);
  private static final Ruling RULING =
      new Ruling(
          Cause.EOF_READ_NOT_CLOSED,
          "%s did it.",
          "fix",
          List.of(),
          "culprit",
          Ruling.Certainty.BY_AGE,
          List.of());

  private final Observed observed = new Observed();

  UserEvidenceTest() {
    observed.eof = event(stack(SOCKET_READ, READ, HANDLE));
  }

  @Test
  void saysThatItIsInTheCallStill() {
    standsAt(SOCKET_READ, READ, HANDLE);
    assertThat(fact()).startsWith("worker-1 is in Orders.read and ");
  }

  @Test
  void saysThatItHasLeftTheCall() {
    standsAt(HANDLE);
    assertThat(fact()).startsWith("worker-1 has left Orders.read and ");
  }

  /** The thread that saw it is the last user, and the stack of the last use may be another's. */
  @Test
  void saysNothingOfTheCallWhereAnErrorWasSeen() {
    observed.eof = null;
    observed.error = failure("java.io.IOException: Broken pipe", stack(HANDLE));
    standsAt(SOCKET_READ, READ, HANDLE);
    assertThat(fact()).startsWith("worker-1 ").doesNotContain("Orders.");
  }

  /** A worker serves one connection after the other with the same methods. */
  @Test
  void saysThatItIsInTheCallForAnotherConnection() {
    standsAt(SOCKET_READ, READ, HANDLE);
    observed.movedOn = true;
    assertThat(fact()).startsWith("worker-1 has left Orders.read, is in it again and ");
  }

  @Test
  void believesTheReturnThatTheCloserLookHasSeen() {
    standsAt(SOCKET_READ, READ, HANDLE);
    observed.exits = List.of(byReturn(READ));
    assertThat(fact()).startsWith("worker-1 has left Orders.read, is in it again and ");
  }

  private void standsAt(StackTraceElement... frames) {
    observed.look = new ThreadLook("worker-1", Thread.State.WAITING, stack(frames), 1, 0);
  }

  private String fact() {
    Ruling told =
        new UserEvidence(ApplicationFrames.of(List.of())).add(RULING, observed.suspicion());
    assertThat(told.evidence()).hasSize(1);
    return told.evidence().get(0).fact();
  }
}
