package dev.closewait.diagnosis;

import static dev.closewait.diagnosis.Exits.byException;
import static dev.closewait.diagnosis.Exits.byReturn;
import static dev.closewait.diagnosis.Observed.READ_STACK;
import static dev.closewait.diagnosis.Observed.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.connection.MethodExit;
import dev.closewait.diagnosis.bytecode.Closing;
import dev.closewait.diagnosis.bytecode.Site;
import dev.closewait.diagnosis.bytecode.Skips;
import dev.closewait.diagnosis.bytecode.StackLook;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is advised once the closer look has seen how the method was left. */
class AdviceAfterExitTest {
  private static final String RULE = "what the rule says";
  private static final StackTraceElement CULPRIT = frame("com.acme.Orders", "handle", 57);
  private static final Skips NOTHING =
      new Skips(List.of(), List.of(), List.of(), false, false, false, List.of());

  private final Observed observed = new Observed().readToItsEnd();
  private List<StackTraceElement> blamed = READ_STACK;

  @Test
  void namesOnlyTheLineAtWhichTheMethodWasLeft() {
    observed.exits =
        List.of(
            new MethodExit(
                frame("com.acme.Orders", "handle", 59), 0, "worker-1", "Bad", List.of(), true));
    assertThat(refine(closing(throwing(57, 59))).fix())
        .endsWith(": when line 59 throws, close() at line 63 is skipped");
  }

  /** The compiler has it leave at the last line of a finally block. */
  @Test
  void namesTheLineThatThrewWhereFinallyBlockThrewOn() {
    observed.exits =
        List.of(
            new MethodExit(
                frame("com.acme.Orders", "handle", 66),
                0,
                "worker-1",
                "Bad",
                List.of(
                    frame("com.acme.Parser", "parse", 88), frame("com.acme.Orders", "handle", 59)),
                true));
    assertThat(refine(closing(throwing(57, 59, 66))).fix())
        .endsWith(": when line 59 throws, close() at line 63 is skipped");
  }

  @Test
  void namesNoLineThatThrowsWhereTheMethodReturned() {
    observed.exits = List.of(byReturn(frame("com.acme.Orders", "handle", 66)));
    Skips skips =
        new Skips(List.of(57, 59), List.of(), List.of(62), false, false, false, List.of());
    assertThat(refine(closing(skips)).fix())
        .endsWith(": close() at line 63 depends on the condition at line 62");
  }

  @Test
  void namesLineWhoseExceptionTheMethodMayHaveSwallowed() {
    observed.exits = List.of(byReturn(frame("com.acme.Orders", "handle", 66)));
    Skips skips =
        new Skips(List.of(57, 59), List.of(), List.of(), false, false, false, List.of(59));
    assertThat(refine(closing(skips)).fix())
        .endsWith(": when line 59 throws, close() at line 63 is skipped");
  }

  /** The code says that an exception skips the close, and there was none. */
  @Test
  void saysNothingOfCodeThatDoesNotExplainWhatWasSeen() {
    observed.exits = List.of(byReturn(frame("com.acme.Orders", "handle", 66)));
    Ruling ruling = refine(closing(throwing(57)));
    assertThat(ruling.fix()).isEqualTo(RULE);
    assertThat(bytecode(ruling)).isEmpty();
  }

  @Test
  void doesNotSayThatEveryWayClosesWhereOneWasSeenThatDoesNot() {
    observed.exits = List.of(byException(frame("com.acme.Orders", "handle", 57)));
    Ruling ruling = refine(closing(NOTHING));
    assertThat(ruling.fix()).isEqualTo(RULE);
    assertThat(bytecode(ruling)).isEmpty();
    Skips errors = new Skips(List.of(), List.of(), List.of(), false, false, true, List.of());
    assertThat(bytecode(refine(closing(errors)))).singleElement().asString().contains("unless");
  }

  @Test
  void sendsToTheCloseThatRanAndDidNotClose() {
    observed.exits = List.of(byReturn(frame("com.acme.Orders", "handle", 66)));
    Ruling ruling = refine(closing(throwing(57), "Session.close"));
    assertThat(ruling.fix())
        .isEqualTo(
            "close() at line 63 (Session.close) ran, and the socket is still open: look there");
    assertThat(bytecode(ruling))
        .containsExactly("close() at line 63 (Session.close) ran, and the socket is still open");
  }

  /** The inner of two calls has returned: the outer may come to its close yet. */
  @Test
  void saysNothingOfCloseWhereTheMethodIsOnTheStackTwice() {
    observed.exits = List.of(byReturn(frame("com.acme.Orders", "handle", 66)));
    blamed = List.of(CULPRIT, frame("com.acme.Orders", "handle", 61));
    assertThat(refine(closing(NOTHING, "Session.close")).fix()).isEqualTo(RULE);
  }

  @Test
  void saysNothingOfCloseThatAnExceptionMayHaveSkipped() {
    observed.exits = List.of(byException(frame("com.acme.Orders", "handle", 57)));
    assertThat(refine(closing(throwing(57), "Session.close")).fix())
        .endsWith(": when line 57 throws, close() at line 63 is skipped");
  }

  private Ruling refine(Closing closing) {
    StackLook look = new StackLook(CULPRIT, closing, closing, List.of());
    Ruling ruling =
        new Ruling(
            Cause.EOF_READ_NOT_CLOSED,
            "%s did it.",
            RULE,
            List.of(blamed),
            Ruling.CULPRIT,
            Ruling.Certainty.BY_AGE,
            List.of());
    return Advice.refine(ruling, new Culprit(CULPRIT, true, look), observed.connection());
  }

  private static List<String> bytecode(Ruling ruling) {
    return ruling.evidence().stream()
        .filter(evidence -> evidence.source() == Evidence.Source.BYTECODE)
        .map(Evidence::fact)
        .toList();
  }

  private static Skips throwing(Integer... lines) {
    return new Skips(List.of(lines), List.of(), List.of(), false, false, false, List.of());
  }

  private static Closing closing(Skips skips) {
    return closing(skips, null);
  }

  private static Closing closing(Skips skips, @Nullable String beforeReturn) {
    return new Closing(
        "Orders.handle",
        new Site(57, "read"),
        List.of(new Site(63, "close")),
        skips,
        List.of(),
        null,
        41,
        63,
        false,
        false,
        beforeReturn);
  }
}
