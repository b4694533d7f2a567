package dev.closewait.diagnosis.rules;

import static dev.closewait.diagnosis.Exits.EXCEPTION;
import static dev.closewait.diagnosis.Exits.HANDLE;
import static dev.closewait.diagnosis.Exits.READ;
import static dev.closewait.diagnosis.Exits.byException;
import static dev.closewait.diagnosis.Exits.byReturn;
import static dev.closewait.diagnosis.Observed.event;
import static dev.closewait.diagnosis.Observed.frame;
import static dev.closewait.diagnosis.Observed.stack;
import static dev.closewait.diagnosis.rules.Proof.LEFT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.connection.MethodExit;
import dev.closewait.diagnosis.Exits;
import dev.closewait.diagnosis.Observed;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExceptionSkippedCloseRuleTest {
  private final Observed observed = new Observed();

  @Test
  void namesMethodLineAndExceptionAndWhereItComesFrom() {
    assertThat(reason(byException(READ), byException(HANDLE)))
        .isEqualTo(
            "Orders.read was left at line 58 by "
                + EXCEPTION
                + " (from Parser.parse:88), with the connection still open.");
  }

  /** What the JVM says of a frame beside class, method and line is no difference. */
  @Test
  void leavesOutThatItWasThrownWhereItLeft() {
    StackTraceElement thrown =
        new StackTraceElement("app", null, null, "com.acme.Orders", "read", "Orders.java", 58);
    MethodExit exit = new MethodExit(READ, 0, "worker-1", EXCEPTION, List.of(thrown), true);
    assertThat(reason(exit))
        .isEqualTo(
            "Orders.read was left at line 58 by "
                + EXCEPTION
                + ", with the connection still open.");
  }

  @Test
  void namesTheInnermostMethodOfTheApplicationThatUsedTheConnection() {
    observed.lastUse = event(stack(frame("sun.nio.ch.NioSocketImpl", "read", 300), HANDLE));
    assertThat(reason(byException(READ), byException(HANDLE))).startsWith("Orders.handle was left");
  }

  @Test
  void namesTheMethodThatWasLeftFirstWhereThatCouldNotBeWatched() {
    assertThat(reason(byException(HANDLE))).startsWith("Orders.handle was left at line 31 by ");
  }

  /** Its caller, which could not be watched, may have caught the exception and go on to close. */
  @Test
  void doesNotHoldWhenAnExceptionLeftOnlyWhatWasCalledAfterTheLastUse() {
    observed.exits = List.of(byException(Exits.PARSE));
    assertThat(LEFT.rule().judge(observed.suspicion())).isNull();
  }

  @Test
  void doesNotHoldWhenAnExceptionLeftOnlyWhatTheMethodCalled() {
    observed.exits = List.of(byReturn(READ), byException(HANDLE));
    assertThat(LEFT.rule().judge(observed.suspicion())).isNull();
  }

  @Test
  void leavesOutWhatIsNotKnown() {
    MethodExit bare =
        new MethodExit(frame("com.acme.Orders", "read", -1), 0, "w", "E", List.of(), true);
    assertThat(reason(bare))
        .isEqualTo("Orders.read was left by E, with the connection still open.");
  }

  @Test
  void blamesTheSameStacksAsWhenNobodyLookedCloser() {
    observed.exits = List.of(byException(READ));
    assertThat(LEFT.judge(observed).blamed())
        .isEqualTo(new UnknownRule().judge(observed.suspicion()).blamed());
    observed.readToItsEnd();
    assertThat(LEFT.judge(observed).blamed())
        .isEqualTo(Proof.EOF.judge(observed).blamed())
        .isNotEqualTo(new UnknownRule().judge(observed.suspicion()).blamed());
  }

  /** The reason of a ruling has a place for the culprit, and a message may look like it. */
  @Test
  void keepsMessageThatLooksLikeThePlaceOfTheCulprit() {
    assertThat(reason(byException(READ, "E: %s%s"))).doesNotContain("%s").contains("E: % s% s");
  }

  private String reason(MethodExit... exits) {
    observed.exits = List.of(exits);
    return LEFT.judge(observed).reason();
  }
}
