package dev.closewait.diagnosis;

import static dev.closewait.diagnosis.Exits.EXCEPTION;
import static dev.closewait.diagnosis.Exits.HANDLE;
import static dev.closewait.diagnosis.Exits.READ;
import static dev.closewait.diagnosis.Exits.before;
import static dev.closewait.diagnosis.Exits.byException;
import static dev.closewait.diagnosis.Exits.byReturn;
import static dev.closewait.diagnosis.Observed.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.connection.MethodExit;
import java.util.List;
import org.junit.jupiter.api.Test;

class MethodExitsTest {
  @Test
  void saysWhichMethodsAnExceptionLeft() {
    assertThat(facts(byException(READ), byException(HANDLE)))
        .containsExactly(
            EXCEPTION + " left Orders.read:58, Orders.handle:31 with the connection still open");
  }

  @Test
  void showsTheStackOfTheException() {
    assertThat(evidence(byException(READ)).get(0).stack()).contains(Exits.PARSE);
  }

  @Test
  void saysWhichMethodsReturned() {
    assertThat(facts(byReturn(READ), byReturn(HANDLE)))
        .containsExactly(
            "Orders.read:58, Orders.handle:31 returned with the connection still open");
  }

  @Test
  void tellsWhoCaughtIt() {
    assertThat(facts(byException(READ), byReturn(HANDLE)))
        .containsExactly(
            EXCEPTION + " left Orders.read:58 with the connection still open",
            "Orders.handle:31 returned with the connection still open");
  }

  @Test
  void tellsExceptionsApart() {
    assertThat(facts(byException(READ), byException(HANDLE, "com.acme.BadOrder"))).hasSize(2);
  }

  @Test
  void saysNothingOfWhatWasBeforeTheLastUse() {
    assertThat(facts(before(byException(READ)))).isEmpty();
  }

  @Test
  void leavesOutLineThatIsNotKnown() {
    assertThat(MethodExits.place(frame("com.acme.Orders", "read", -1))).isEqualTo("Orders.read");
  }

  @Test
  void keepsExceptionOnOneShortLine() {
    String message = "E: first\nsecond " + "x".repeat(1_000);
    assertThat(MethodExits.text(byException(READ, message)))
        .startsWith("E: first second x")
        .hasSizeLessThan(200)
        .endsWith("...");
  }

  @Test
  void isExplainedByExceptionOrByTheReturnOfTheCulprit() {
    assertThat(isExplained(byException(READ))).isTrue();
    assertThat(isExplained(byReturn(READ))).isFalse();
    assertThat(isExplained(byReturn(READ), byReturn(HANDLE))).isTrue();
    assertThat(isExplained(before(byReturn(HANDLE)))).isFalse();
    assertThat(MethodExits.explain(null, HANDLE)).isFalse();
  }

  private static boolean isExplained(MethodExit... exits) {
    return MethodExits.explain(left(exits).connection(), frame("com.acme.Orders", "handle", 9));
  }

  private static List<String> facts(MethodExit... exits) {
    return evidence(exits).stream().map(Evidence::fact).toList();
  }

  private static List<Evidence> evidence(MethodExit... exits) {
    return MethodExits.evidence(left(exits).connection());
  }

  private static Observed left(MethodExit... exits) {
    Observed observed = new Observed();
    observed.exits = List.of(exits);
    return observed;
  }
}
