package dev.closewait.diagnosis.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StackReaderTest {
  private static final Shapes CALLS = Shapes.compiled("Calls");
  private static final StackTraceElement READ_LINE =
      new StackTraceElement("java.io.BufferedReader", "readLine", "BufferedReader.java", 329);
  private static final StackTraceElement READ =
      new StackTraceElement("java.net.Socket$SocketInputStream", "read", "Socket.java", 1099);
  private static final StackTraceElement NEW_SOCKET =
      new StackTraceElement("java.net.Socket", "<init>", "Socket.java", 300);
  private static final StackTraceElement RUN =
      new StackTraceElement("java.lang.Thread", "run", "Thread.java", 840);

  private final List<String> asked = new ArrayList<>();
  private final StackReader reader = reader(CALLS.classFiles());

  @Test
  void blamesTheInnermostMethodThatCloses() {
    StackLook look = reader.read(stack(READ_LINE, at("NEXT"), at("SERVE"), RUN), Moment.END_READ);
    assertThat(look.culprit()).isEqualTo(at("SERVE"));
    assertThat(closing(look).closes()).extracting(Site::line).isEqualTo(lines("CLOSE"));
    assertThat(look.place()).isEqualTo(look.closing());
  }

  @Test
  void blamesTheInnermostMethodWhereNobodyCloses() {
    StackLook look = reader.read(stack(READ_LINE, at("NEXT"), at("FORGET"), RUN), Moment.END_READ);
    assertThat(look.culprit()).isEqualTo(at("NEXT"));
    assertThat(closing(look).isSomewhere()).isFalse();
  }

  @Test
  void wantsTheCloseWhereTheClassHasTheConnectionLongest() {
    StackLook look = reader.read(stack(READ_LINE, at("NEXT"), at("FORGET"), RUN), Moment.END_READ);
    assertThat(look.place()).isNotNull();
    assertThat(look.place().method()).isEqualTo("Calls.forget");
  }

  /** Its only line says nothing of what has to change. */
  @Test
  void wantsTheCloseInsideLambdaThatIsOnlyOneCall() {
    StackTraceElement lambda = lambda("PASSES_ON", "serveInPool", 0);
    StackLook look = reader.read(stack(READ, at("READ_ALL"), lambda, RUN), Moment.END_READ);
    assertThat(place(look).method()).isEqualTo("Calls.readAll");
  }

  @Test
  void wantsTheCloseInLambdaThatReadsOn() {
    StackTraceElement lambda = lambda("LOOPS_IN_LAMBDA", "answerInPool", 1);
    StackLook look = reader.read(stack(READ, at("READ_ALL"), lambda, RUN), Moment.END_READ);
    assertThat(place(look).method()).isEqualTo("Calls.lambda$answerInPool$1");
  }

  /** Another thread has it then: a close by the caller would come too early. */
  @Test
  void wantsNoCloseOfCallerOfWhatWasHandedOn() {
    StackLook look = reader.read(stack(READ_LINE, at("QUEUE"), at("QUEUE_ONE")), Moment.USED);
    assertThat(place(look).method()).isEqualTo("Calls.queue");
    assertThat(place(look).handedOn())
        .isEqualTo(new Site(lines("QUEUED").get(0), "given to BlockingQueue.add"));
  }

  @Test
  void remembersForCallerThatClosesWhatWasHandedOnInside() {
    StackLook look = reader.read(stack(READ_LINE, at("QUEUE"), at("QUEUE_OR_CLOSE")), Moment.USED);
    assertThat(closing(look).isSomewhere()).isTrue();
    assertThat(closing(look).handedOn())
        .isEqualTo(new Site(lines("QUEUE_OR_CLOSE").get(0), "given to BlockingQueue.add"));
  }

  @Test
  void followsWhatIsReturnedInNewObject() {
    StackLook look = reader.read(stack(READ_LINE, at("MAKES_JOB"), at("KEEPS_JOB")), Moment.USED);
    assertThat(place(look).handedOn())
        .isEqualTo(new Site(lines("JOB_QUEUED").get(0), "given to BlockingQueue.add"));
  }

  @Test
  void wantsTheCloseOfCallerThatDropsWhatWasReturned() {
    StackLook look = reader.read(stack(READ_LINE, at("MAKES_JOB"), at("DROPS_JOB")), Moment.USED);
    assertThat(place(look).method()).isEqualTo("Calls.askAndDrop");
    assertThat(place(look).handedOn()).isNull();
  }

  @Test
  void believesCallerThatClosesInAnyCase() {
    StackLook look =
        reader.read(stack(READ_LINE, at("NEXT"), at("SERVE"), at("GUARD")), Moment.USED);
    assertThat(look.culprit()).isEqualTo(at("SERVE"));
    assertThat(closing(look).skips().isNone()).isTrue();
  }

  @Test
  void believesCallerThatClosesAfterAnExceptionOnlyThat() {
    List<StackTraceElement> stack =
        stack(READ_LINE, at("NEXT"), at("SERVE_ONE"), at("GUARD_FAILURES"));
    Skips skips = closing(reader.read(stack, Moment.USED)).skips();
    assertThat(skips.throwing()).isEmpty();
    assertThat(skips.returning()).isEqualTo(lines("RETURNS"));
  }

  @Test
  void passesOverFactoryToTheMethodThatKeepsWhatWasOpened() {
    StackLook look = reader.read(stack(NEW_SOCKET, at("OPEN"), at("USE_OPENED")), Moment.OPENED);
    assertThat(look.culprit()).isEqualTo(at("OPEN"));
    assertThat(look.place()).isNotNull();
    assertThat(look.place().method()).isEqualTo("Calls.use");
  }

  /** The call that opened it returns the answer; what has to be closed is what it was called on. */
  @Test
  void findsTheCloseOfClientThatConnectsWhenItIsUsedFirst() {
    StackLook look = reader.read(stack(READ_LINE, at("ASK")), Moment.OPENED);
    assertThat(closing(look).closes()).extracting(Site::line).isEqualTo(lines("POLITE"));
  }

  @Test
  void knowsFromTheCalledMethodWhichFieldIsTheConnection() {
    StackLook look = reader.read(stack(READ_LINE, at("RELAY"), at("FRONT")), Moment.USED);
    assertThat(look.culprit()).isEqualTo(at("FRONT"));
    assertThat(closing(look).closes()).extracting(Site::line).isEqualTo(lines("CLOSE_FRONT"));
  }

  /** Two fields may be two views of one connection, or two connections. */
  @Test
  void takesCloseOfAnotherFieldForNoProof() {
    StackLook look = reader.read(stack(READ_LINE, at("RELAY"), at("BACK")), Moment.USED);
    assertThat(look.culprit()).isEqualTo(at("RELAY"));
    assertThat(look.place()).isEqualTo(look.closing());
  }

  @Test
  void saysNothingOfCallerWhereTheCalledMethodMayClose() {
    StackLook look =
        reader.read(stack(READ_LINE, at("READ_OR_CLOSE"), at("READS_OR_CLOSES")), Moment.USED);
    assertThat(look).isEqualTo(new StackLook(at("READ_OR_CLOSE"), null, null, List.of()));
  }

  @Test
  void saysNothingOfMethodThatCallsWhatSubclassMayHaveReplaced() {
    List<StackTraceElement> stack = stack(READ_LINE, at("TELLS"));
    assertThat(closing(reader.read(stack, Moment.USED)).isSomewhere()).isFalse();
    ClassFiles extended =
        new ClassFiles() {
          @Override
          public List<byte[]> read(String className) throws UnreadableClassException {
            return CALLS.classFiles().read(className);
          }

          @Override
          public boolean isExtended(String className) {
            return className.equals("shapes.Calls");
          }
        };
    StackReader careful =
        new StackReader(extended, frame -> frame.getClassName().startsWith("shapes."));
    assertThat(careful.read(stack, Moment.USED).closing()).isNull();
  }

  /** Without lines, every call of a name would be the one that was made. */
  @Test
  void saysThatCodeWithoutLineNumbersIsNotJudged() {
    StackTraceElement noLine = new StackTraceElement("shapes.Calls", "next", null, -1);
    StackLook look = reader.read(stack(READ_LINE, noLine), Moment.USED);
    assertThat(look.closing()).isNull();
    assertThat(look.problems()).containsExactly("shapes.Calls has no line numbers: not judged");
  }

  @Test
  void saysNothingOfMethodThatIsNotAsItWas() {
    StackTraceElement otherBuild = new StackTraceElement("shapes.Calls", "next", "Calls.java", 999);
    StackLook look = reader.read(stack(READ_LINE, otherBuild), Moment.USED);
    assertThat(look).isEqualTo(new StackLook(otherBuild, null, null, List.of()));
  }

  @Test
  void saysNothingOfStackWithoutTheApplication() {
    assertThat(reader.read(stack(READ_LINE, RUN), Moment.USED))
        .isEqualTo(new StackLook(null, null, null, List.of()));
  }

  @Test
  void readsEachStackOnce() {
    reader.read(stack(READ_LINE, at("NEXT")), Moment.USED);
    reader.endScan();
    reader.read(stack(READ_LINE, at("NEXT")), Moment.USED);
    assertThat(asked).containsExactly("shapes.Calls");
    reader.read(stack(READ_LINE, at("NEXT")), Moment.END_READ);
    assertThat(asked).hasSize(2);
  }

  @Test
  void saysWhyClassFileCannotBeHad() {
    ClassFiles refusing =
        name -> {
          throw new UnreadableClassException("an agent said no");
        };
    StackLook look = reader(refusing).read(stack(READ_LINE, at("NEXT")), Moment.USED);
    assertThat(look.culprit()).isEqualTo(at("NEXT"));
    assertThat(look.problems())
        .containsExactly("the bytecode of shapes.Calls could not be read: an agent said no");
  }

  @Test
  void saysWhereClassFileIsNone() {
    StackLook look = reader(name -> List.of(new byte[9])).read(stack(at("NEXT")), Moment.USED);
    assertThat(look.problems())
        .singleElement()
        .asString()
        .startsWith("the bytecode of shapes.Calls could not be read: ");
  }

  /** Two loaders have the same class more often than not. */
  @Test
  void readsClassThatIsLoadedTwice() {
    ClassFiles twice =
        name -> {
          byte[] once = CALLS.classFiles().read(name).get(0);
          return List.of(once, once.clone());
        };
    StackLook look = reader(twice).read(stack(READ_LINE, at("NEXT"), at("SERVE")), Moment.USED);
    assertThat(look.culprit()).isEqualTo(at("SERVE"));
    assertThat(look.problems()).isEmpty();
  }

  @Test
  void doesNotChooseBetweenTwoBuildsOfClass() throws UnreadableClassException {
    byte[] other = CALLS.classFiles().read("shapes.Calls").get(0).clone();
    replace(other, "close", "flush");
    ClassFiles differing = name -> List.of(CALLS.classFiles().read(name).get(0), other);
    StackLook look = reader(differing).read(stack(READ_LINE, at("SERVE")), Moment.USED);
    assertThat(look.closing()).isNull();
    assertThat(look.problems())
        .containsExactly("shapes.Calls is loaded more than once, with different code: not judged");
  }

  /** Of the only constant of that text. */
  private static void replace(byte[] classFile, String text, String by) {
    int at = new String(classFile, StandardCharsets.ISO_8859_1).indexOf(text);
    byte[] bytes = by.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, classFile, at, bytes.length);
  }

  private StackReader reader(ClassFiles files) {
    ClassFiles counting =
        name -> {
          asked.add(name);
          return files.read(name);
        };
    return new StackReader(counting, frame -> frame.getClassName().startsWith("shapes."));
  }

  private static Closing closing(StackLook look) {
    return Objects.requireNonNull(look.closing());
  }

  private static Closing place(StackLook look) {
    return Objects.requireNonNull(look.place());
  }

  private static List<Integer> lines(String note) {
    return CALLS.linesWith(CALLS.methodsWith(note).get(0), note);
  }

  private static StackTraceElement at(String note) {
    String method = CALLS.methodsWith(note).get(0);
    return new StackTraceElement("shapes.Calls", method, "Calls.java", lines(note).get(0));
  }

  private static StackTraceElement lambda(String note, String method, int number) {
    String name = "lambda$" + method + "$" + number;
    return new StackTraceElement("shapes.Calls", name, "Calls.java", lines(note).get(0));
  }

  private static List<StackTraceElement> stack(StackTraceElement... innermostFirst) {
    return List.of(innermostFirst);
  }
}
