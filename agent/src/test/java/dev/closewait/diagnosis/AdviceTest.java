package dev.closewait.diagnosis;

import static dev.closewait.diagnosis.Observed.READ_STACK;
import static dev.closewait.diagnosis.Observed.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.connection.Registration;
import dev.closewait.connection.Transport;
import dev.closewait.diagnosis.bytecode.Closing;
import dev.closewait.diagnosis.bytecode.Site;
import dev.closewait.diagnosis.bytecode.Skips;
import dev.closewait.diagnosis.bytecode.StackLook;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdviceTest {
  private static final String RULE = "what the rule says";
  private static final Site READ = new Site(57, "read");
  private static final Site CLOSE = new Site(63, "close");
  private static final StackTraceElement CULPRIT = frame("com.acme.Orders", "handle", 57);
  private static final Skips NOTHING =
      new Skips(List.of(), List.of(), List.of(), false, false, false, List.of());
  private static final Skips UNREACHED =
      new Skips(List.of(), List.of(), List.of(), false, true, false, List.of());
  private static final Skips LOOP =
      new Skips(List.of(), List.of(), List.of(), true, true, false, List.of());

  private final Observed observed = new Observed().readToItsEnd();
  private Cause cause = Cause.EOF_READ_NOT_CLOSED;

  @Test
  void wantsTryWithResourcesWhereExceptionSkipsTheClose() {
    Ruling ruling = refine(closing(throwing(57)));
    assertThat(ruling.fix())
        .isEqualTo(
            "use try-with-resources around lines 41-63: when line 57 throws, close() at line 63 is skipped");
    assertThat(bytecode(ruling))
        .containsExactly("when line 57 throws, close() at line 63 is skipped");
  }

  @Test
  void namesLinesThatReturnEarlyToo() {
    Skips skips =
        new Skips(List.of(57, 59), List.of(50), List.of(49), false, false, false, List.of());
    assertThat(refine(closing(skips)).fix())
        .endsWith(
            ": close() at line 63 depends on the condition at line 49, and is skipped when line 50"
                + " returns or line 57 or 59 throws");
  }

  @Test
  void namesNoMoreLinesThanPeopleRead() {
    assertThat(refine(closing(throwing(51, 52, 53, 54, 55))).fix())
        .endsWith(": when line 51, 52, 53 or 2 more throws, close() at line 63 is skipped");
  }

  @Test
  void namesConditionThatDecides() {
    Skips skips = new Skips(List.of(), List.of(), List.of(62), false, false, false, List.of());
    assertThat(refine(closing(skips)).fix())
        .endsWith("lines 41-63: close() at line 63 depends on the condition at line 62");
  }

  @Test
  void namesConditionBesideLinesThatThrow() {
    Skips skips = new Skips(List.of(57), List.of(), List.of(62), false, false, false, List.of());
    assertThat(refine(closing(skips)).fix())
        .endsWith(
            ": close() at line 63 depends on the condition at line 62, and is skipped when line 57"
                + " throws");
  }

  @Test
  void namesConditionThatTheEndOfTheStreamDecides() {
    Skips skips = new Skips(List.of(), List.of(), List.of(58), false, true, false, List.of());
    assertThat(refine(closing(skips)).fix())
        .isEqualTo(
            "close the socket when read returns -1 at line 57: close() at line 63 depends on the"
                + " condition at line 58");
  }

  @Test
  void wantsTryWithResourcesWhereNothingCloses() {
    Ruling ruling = refine(forgets());
    assertThat(ruling.fix())
        .isEqualTo("use try-with-resources around lines 41-63: no path of Orders.handle closes it");
    assertThat(bytecode(ruling)).containsExactly("no path of Orders.handle closes it");
  }

  @Test
  void wantsTheLoopLeftThatReadsOnAfterTheEnd() {
    assertThat(refine(forgets(LOOP, false)).fix())
        .isEqualTo(
            "close the socket when read returns -1 at line 57, and leave the loop: no path of"
                + " Orders.handle closes it");
  }

  /** A connection that lives in an object is not over when one of its methods is. */
  @Test
  void wantsNoTryWithResourcesAroundWhatOutlivesTheMethod() {
    assertThat(refine(forgets(UNREACHED, true)).fix())
        .isEqualTo(
            "close the socket when read returns -1 at line 57: no path of Orders.handle closes it");
    cause = Cause.UNKNOWN;
    assertThat(refine(forgets(UNREACHED, true)).fix())
        .isEqualTo("close the socket after its use at line 57: no path of Orders.handle closes it");
  }

  @Test
  void wantsNoTryWithResourcesForChannelOfSelector() {
    observed.transport = Transport.SOCKET_CHANNEL;
    observed.registration = new Registration(true, 1, false);
    assertThat(refine(closing(throwing(57))).fix())
        .isEqualTo(
            "close the channel then too: when line 57 throws, close() at line 63 is skipped");
    assertThat(refine(closing(UNREACHED)).fix())
        .isEqualTo(
            "close the channel when read returns -1 at line 57: from line 57 on, no path of"
                + " Orders.handle comes to close() at line 63 unless something throws");
  }

  @Test
  void sendsToWhereTheConnectionWent() {
    Closing handing =
        closing(List.of(), UNREACHED, new Site(60, "given to Queue.add"), false, List.of());
    Ruling ruling = refine(handing);
    assertThat(ruling.fix())
        .isEqualTo(
            "close the socket where it ends up: Orders.handle hands it on at line 60 (given to"
                + " Queue.add)");
    assertThat(bytecode(ruling))
        .containsExactly("Orders.handle hands it on at line 60 (given to Queue.add)");
  }

  /** Such as the pool that gets back what has worked well. */
  @Test
  void wantsNoTryWithResourcesAroundWhatIsHandedOnInsteadOfClosed() {
    Skips either = new Skips(List.of(), List.of(), List.of(60), false, false, false, List.of());
    Ruling ruling = refine(handingOn(either));
    assertThat(ruling.fix())
        .isEqualTo(
            "close the socket where it ends up: close() at line 63 depends on the condition at"
                + " line 60; Orders.handle hands it on at line 60 (given to Deque.push)");
    assertThat(bytecode(ruling))
        .containsExactly(
            "close() at line 63 depends on the condition at line 60; Orders.handle hands it on at"
                + " line 60 (given to Deque.push)");
  }

  @Test
  void leavesOpenWhetherExceptionOrHandOverWasTheWay() {
    assertThat(refine(handingOn(throwing(57))).fix())
        .isEqualTo(
            "close the socket then too, or where it ends up: when line 57 throws, close() at line"
                + " 63 is skipped; Orders.handle hands it on at line 60 (given to Deque.push)");
  }

  @Test
  void namesMethodsThatWereLookedInto() {
    cause = Cause.UNREACHABLE;
    Closing shared = closing(List.of(), UNREACHED, null, false, List.of("answer"));
    assertThat(refine(shared).fix()).endsWith(": neither Orders.handle nor answer closes it");
  }

  @Test
  void keepsTheRulesFixWhereEveryWayCloses() {
    Ruling ruling = refine(closing(NOTHING));
    assertThat(ruling.fix()).isEqualTo(RULE);
    assertThat(bytecode(ruling))
        .containsExactly("every way on from line 57 of Orders.handle comes to close() at line 63");
  }

  /** Any line may meet a null: that is no reason to name lines, nor to say that none can. */
  @Test
  void saysThatErrorsGetPastTheCloseOfEveryWay() {
    Skips skips = new Skips(List.of(), List.of(), List.of(), false, false, true, List.of());
    Ruling ruling = refine(closing(skips));
    assertThat(ruling.fix()).isEqualTo(RULE);
    assertThat(bytecode(ruling))
        .containsExactly(
            "every way on from line 57 of Orders.handle comes to close() at line 63, unless a"
                + " runtime error, such as a null or an index out of bounds, comes between");
  }

  @Test
  void keepsTheLibrarysRemedyAndAddsThePlace() {
    cause = Cause.BODY_NOT_CONSUMED;
    assertThat(refine(forgets()).fix())
        .isEqualTo(RULE + "; no path of Orders.handle closes it (lines 41-63)");
  }

  @Test
  void wantsTheSocketItselfAsResourceWhereItsStreamCouldNotBeMade() {
    Ruling ruling = refine(automatic(throwing(57)));
    assertThat(ruling.fix())
        .isEqualTo(
            "make the socket itself the first resource, try (socket; ...): when line 57 throws,"
                + " there is nothing yet that would close it");
    assertThat(bytecode(ruling))
        .containsExactly("when line 57 throws, there is nothing yet that would close it");
  }

  /** There is one already. */
  @Test
  void wantsNoOtherTryWithResourcesWhereMethodReturnsBefore() {
    Skips skips = new Skips(List.of(), List.of(50), List.of(), false, false, false, List.of());
    assertThat(refine(automatic(skips)).fix())
        .isEqualTo(
            "close the socket then too: when line 50 returns, close() at line 63 is skipped");
  }

  @Test
  void saysWhatCouldNotBeRead() {
    StackLook look = new StackLook(CULPRIT, null, null, List.of("it could not be read"));
    Ruling ruling = refine(new Culprit(CULPRIT, true, look));
    assertThat(ruling.fix()).isEqualTo(RULE);
    assertThat(bytecode(ruling)).containsExactly("it could not be read");
  }

  @Test
  void saysNothingOfOtherStackThanTheFirst() {
    StackLook look = new StackLook(CULPRIT, forgets(), forgets(), List.of());
    assertThat(refine(new Culprit(CULPRIT, false, look))).isEqualTo(ruling());
    assertThat(refine(new Culprit(CULPRIT, true))).isEqualTo(ruling());
  }

  private Ruling refine(Closing closing) {
    return refine(new Culprit(CULPRIT, true, new StackLook(CULPRIT, closing, closing, List.of())));
  }

  private Ruling refine(Culprit culprit) {
    return Advice.refine(ruling(), culprit, observed.connection());
  }

  private Ruling ruling() {
    return new Ruling(
        cause,
        "%s did it.",
        RULE,
        List.of(READ_STACK),
        Ruling.CULPRIT,
        Ruling.Certainty.BY_AGE,
        List.of());
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
    return closing(List.of(CLOSE), skips, null, false, List.of());
  }

  private static Closing automatic(Skips skips) {
    return new Closing(
        "Orders.handle", READ, List.of(CLOSE), skips, List.of(), null, 41, 63, false, true, null);
  }

  private static Closing handingOn(Skips skips) {
    return closing(List.of(CLOSE), skips, new Site(60, "given to Deque.push"), false, List.of());
  }

  private static Closing forgets() {
    return forgets(UNREACHED, false);
  }

  private static Closing forgets(Skips skips, boolean outlives) {
    return closing(List.of(), skips, null, outlives, List.of());
  }

  private static Closing closing(
      List<Site> closes,
      Skips skips,
      @Nullable Site handedOn,
      boolean outlives,
      List<String> lookedInto) {
    return new Closing(
        "Orders.handle", READ, closes, skips, lookedInto, handedOn, 41, 63, outlives, false, null);
  }
}
