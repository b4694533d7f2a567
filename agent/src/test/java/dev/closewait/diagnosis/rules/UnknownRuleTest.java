package dev.closewait.diagnosis.rules;

import static dev.closewait.diagnosis.Observed.ACCEPT_STACK;
import static dev.closewait.diagnosis.Observed.READ_STACK;
import static dev.closewait.diagnosis.Observed.event;
import static dev.closewait.diagnosis.Observed.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.connection.Direction;
import dev.closewait.connection.Transport;
import dev.closewait.diagnosis.Observed;
import dev.closewait.diagnosis.Ruling;
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

  private String fact() {
    return judge().evidence().get(0).fact();
  }

  private Ruling judge() {
    return new UnknownRule().judge(observed.suspicion());
  }
}
