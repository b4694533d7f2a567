package dev.closewait.diagnosis.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Code that nobody wrote by hand must not cost the application its CPU and its heap. */
class StackReaderBoundsTest {
  private static final StackTraceElement READ_LINE =
      new StackTraceElement("java.io.BufferedReader", "readLine", "BufferedReader.java", 329);

  private final List<String> asked = new ArrayList<>();

  @Test
  void readsEachMethodThatGeneratedCodeCallsOnce() {
    GeneratedClass serializer = new GeneratedClass("shapes.Serializer");
    serializer.addWrite("write", List.of("writeField"), 1_500);
    serializer.addWrite("writeField", List.of(), 0);
    StackLook look = reader(serializer).read(stack(READ_LINE, serializer.at("write")), Moment.USED);
    assertThat(look.problems()).isEmpty();
    assertThat(closing(look).isSomewhere()).isFalse();
  }

  @Test
  void givesUpOnMethodWithTooManyWays() {
    GeneratedClass endless = new GeneratedClass("shapes.Endless");
    List<String> others = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      others.add("write" + i);
    }
    others.forEach(name -> endless.addWrite(name, others, 5));
    StackReader bounded = reader(endless);
    for (int i = 0; i < 20; i++) {
      StackLook look = bounded.read(stack(READ_LINE, endless.at("write" + i)), Moment.USED);
      assertThat(look.culprit()).isEqualTo(endless.at("write" + i));
      assertThat(look.closing()).isNull();
    }
    assertThat(bounded.isExhausted()).isTrue();
  }

  @Test
  void leavesToTheNextScanWhatIsTooMuchForOne() {
    List<GeneratedClass> big = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      big.add(new GeneratedClass("shapes.Big" + i).padded(400_000));
      big.get(i).addWrite("write", List.of(), 0);
    }
    StackReader bounded =
        reader(name -> List.of(big.get(name.charAt(name.length() - 1) - '0').bytes()));
    List<List<StackTraceElement>> stacks =
        big.stream().map(one -> stack(READ_LINE, one.at("write"))).toList();
    stacks.forEach(stack -> bounded.read(stack, Moment.USED));
    assertThat(asked).hasSize(3);
    assertThat(bounded.isExhausted()).isTrue();
    bounded.endScan();
    assertThat(bounded.isExhausted()).isFalse();
    stacks.forEach(stack -> closing(bounded.read(stack, Moment.USED)));
    assertThat(asked).hasSize(4);
  }

  @Test
  void refusesClassFileThatIsTooBig() {
    GeneratedClass big = new GeneratedClass("shapes.Big").padded(1_100_000);
    big.addWrite("write", List.of(), 0);
    StackLook look = reader(big).read(stack(READ_LINE, big.at("write")), Moment.USED);
    assertThat(look.closing()).isNull();
    assertThat(look.problems()).singleElement().asString().endsWith(" bytes are too many");
  }

  @Test
  void refusesMethodThatIsTooLong() {
    GeneratedClass big = new GeneratedClass("shapes.Big");
    big.addWrite("write", List.of("write"), 3_000);
    StackLook look = reader(big).read(stack(READ_LINE, big.at("write")), Moment.USED);
    assertThat(look.problems())
        .containsExactly("shapes.Big.write is not judged: its instructions are too many");
  }

  private StackReader reader(ClassFiles files) {
    ClassFiles counting =
        name -> {
          asked.add(name);
          return files.read(name);
        };
    return new StackReader(counting, frame -> frame.getClassName().startsWith("shapes."));
  }

  private StackReader reader(GeneratedClass generated) {
    return reader(name -> List.of(generated.bytes()));
  }

  private static Closing closing(StackLook look) {
    return Objects.requireNonNull(look.closing());
  }

  private static List<StackTraceElement> stack(StackTraceElement... innermostFirst) {
    return List.of(innermostFirst);
  }
}
