package dev.closewait.diagnosis.rules;

import static dev.closewait.diagnosis.Observed.ACCEPT_STACK;
import static dev.closewait.diagnosis.Observed.READ_STACK;
import static dev.closewait.diagnosis.Observed.event;
import static dev.closewait.diagnosis.Observed.failure;
import static dev.closewait.diagnosis.rules.Proof.REGISTERED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.connection.Direction;
import dev.closewait.connection.ThreadEnd;
import dev.closewait.connection.Transport;
import dev.closewait.diagnosis.Observed;
import dev.closewait.diagnosis.Ruling;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of a connection that no other rule explains: nothing that is not known. */
class UnknownRuleTest {
  private final Observed observed = new Observed().neverRead();

  @Test
  void saysThatItWasNeverUsed() {
    assertThat(judge().reason())
        .endsWith("; the connection opened in %s was not used since and not closed.");
    assertThat(judge().blamed()).startsWith(ACCEPT_STACK);
  }

  @Test
  void blamesTheReadThatGotNothing() {
    observed.readTried = true;
    observed.triedRead = event(READ_STACK);
    assertThat(judge().reason())
        .endsWith(
            "; %s had tried to read the connection and got nothing, and nobody has closed it since.");
    assertThat(judge().blamed()).startsWith(READ_STACK);
    assertThat(fact()).contains("0 reads, 0 writes; a read was tried and got nothing");
  }

  @Test
  void doesNotDenyReadOfWhichNoStackWasTaken() {
    observed.readTried = true;
    assertThat(judge().reason())
        .endsWith(
            "; a read of the connection opened in %s had been tried and got nothing, and nobody has closed it since.");
    assertThat(judge().blamed()).startsWith(ACCEPT_STACK);
  }

  @Test
  void takesReadThatFailedForUse() {
    observed.error = failure("java.net.SocketException: Bad address", READ_STACK);
    assertThat(judge().reason()).contains("%s was the last to use the connection");
    assertThat(judge().blamed()).startsWith(READ_STACK);
  }

  @Test
  void deniesNoUseThatWasNotWatched() {
    observed.direction = Direction.UNKNOWN;
    assertThat(judge().reason()).endsWith("; the connection opened in %s is not closed.");
    observed.direction = Direction.ACCEPTED;
    observed.transport = Transport.NETTY_EPOLL;
    assertThat(judge().reason()).endsWith("; the connection opened in %s is not closed.");
  }

  @Test
  void blamesWhatEndedTheThreadOfItsSelector() {
    observed.registration = REGISTERED;
    observed.receiveQueueBytes = 2;
    observed.loopEnd = new ThreadEnd("loop", false, "java.lang.Error: 100%s", READ_STACK);
    assertThat(judge().reason())
        .isEqualTo(
            "The peer has closed; the only thread that was seen to use channels of its selector, loop, was ended by"
                + " java.lang.Error: 100% s, in %s.");
    assertThat(judge().blamed()).startsWith(READ_STACK).contains(ACCEPT_STACK);
    assertThat(fact())
        .contains("data was left unread; registered for OP_READ")
        .doesNotContain("last user");
    assertThat(judge().evidence().get(1).fact())
        .isEqualTo(
            "the only thread that was seen to use channels of its selector: loop was ended by java.lang.Error: 100%s");
  }

  @Test
  void blamesItForWhatThatThreadHasUsedButNotForWhatAnotherHas() {
    observed.registration = REGISTERED;
    observed.lastUse = event(ACCEPT_STACK);
    observed.loopEnd = new ThreadEnd("loop", false, "java.lang.Error: odd", READ_STACK);
    assertThat(judge().blamed()).startsWith(ACCEPT_STACK);
    observed.lastUserEnd = observed.loopEnd;
    assertThat(judge().blamed()).startsWith(READ_STACK);
    assertThat(judge().evidence()).hasSize(2);
  }

  @Test
  void blamesTheOpeningWhereItIsNotKnownWhatEndedTheThread() {
    observed.registration = REGISTERED;
    observed.loopEnd = new ThreadEnd("loop", false, null, List.of());
    assertThat(judge().reason()).contains("was not used since");
    assertThat(judge().blamed()).startsWith(ACCEPT_STACK);
    assertThat(judge().evidence().get(1).fact()).contains("loop has ended");
  }

  @Test
  void speaksOfNoLastUserWhereThereWasNone() {
    observed.receiveQueueBytes = 9;
    assertThat(fact()).endsWith("data was left unread; why nobody reads it is not known");
    observed.registration = REGISTERED;
    assertThat(fact()).endsWith("OP_READ, and whether its selector still runs is not known");
  }

  private String fact() {
    return judge().evidence().get(0).fact();
  }

  private Ruling judge() {
    return new UnknownRule().judge(observed.suspicion());
  }
}
