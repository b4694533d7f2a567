package dev.closewait.diagnosis;

import static dev.closewait.diagnosis.Observed.ACCEPT_STACK;
import static dev.closewait.diagnosis.Observed.READ_STACK;
import static dev.closewait.diagnosis.Observed.frame;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SentenceTest {
  private static final StackTraceElement READER = frame("com.acme.Orders", "read", 57);
  private static final StackTraceElement ACCEPTOR = frame("com.acme.Server", "listen", 20);

  @Test
  void isAboutTheCulpritOfItsOwnStack() {
    assertThat(Sentence.of(ruling(READ_STACK), new Culprit(READER, true)))
        .isEqualTo("Orders.read read the end.");
  }

  /** Who opened the connection has not read its end. */
  @Test
  void saysOfTheOpeningOnlyThatItOpened() {
    assertThat(Sentence.of(ruling(READ_STACK), new Culprit(ACCEPTOR, false)))
        .isEqualTo("Library code read the end. It was opened or set up by Server.listen.");
  }

  @Test
  void saysThatNoStackWasTaken() {
    assertThat(Sentence.of(ruling(List.of()), new Culprit(ACCEPTOR, false)))
        .isEqualTo(
            "Code whose stack was not taken read the end. It was opened or set up by"
                + " Server.listen.");
  }

  @Test
  void blamesNobodyWhereNoStackShowsTheApplication() {
    assertThat(Sentence.of(ruling(READ_STACK), null)).isEqualTo("Library code read the end.");
  }

  private static Ruling ruling(List<StackTraceElement> own) {
    return new Ruling(
        Cause.EOF_READ_NOT_CLOSED,
        "%s read the end.",
        "fix",
        List.of(own, ACCEPT_STACK),
        Ruling.CULPRIT,
        Ruling.Certainty.BY_AGE,
        List.of());
  }
}
