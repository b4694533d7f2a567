package dev.closewait.diagnosis.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each method of the shapes, as each compiler makes it: the lines that close and those that skip
 * the close are those that its source says.
 */
class CloseShapesTest {
  static Stream<Arguments> shapes() {
    List<Arguments> shapes = new ArrayList<>();
    for (String name : List.of("Blocking", "Decided", "Kept", "Doubtful", "OwnThread")) {
      Compilers.all()
          .forEach(
              compiler -> {
                Shapes compiled = compiler.compile(name);
                compiled
                    .methodsWith("USE")
                    .forEach(method -> shapes.add(Arguments.of(method, compiler, compiled)));
              });
    }
    assertThat(shapes).isNotEmpty();
    return shapes.stream();
  }

  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("shapes")
  void areReadAsTheySay(String method, Compilers.Compiler compiler, Shapes shapes) {
    Closing closing = look(method, shapes);
    assertThat(closing == null)
        .as(method)
        .isEqualTo(!shapes.linesWith(method, "UNCLEAR").isEmpty());
    if (closing != null) {
      agree(closing, method, shapes);
    }
  }

  private static void agree(Closing closing, String method, Shapes shapes) {
    String found = method + ": " + closing;
    assertThat(closing.isSomewhere())
        .as(found)
        .isEqualTo(
            !shapes.linesWith(method, "CLOSE").isEmpty()
                || !shapes.linesWith(method, "CLOSE?").isEmpty());
    assertThat(lines(closing.closes()))
        .as(found)
        .containsAll(shapes.linesWith(method, "CLOSE"))
        .isSubsetOf(
            Stream.concat(
                    shapes.linesWith(method, "CLOSE").stream(),
                    shapes.linesWith(method, "CLOSE?").stream())
                .toList());
    Skips skips = closing.skips();
    if (closing.isSomewhere()) {
      assertThat(skips.throwing()).as(found).isEqualTo(shapes.linesWith(method, "THROWS"));
      boolean unreached = !shapes.linesWith(method, "UNREACHED").isEmpty();
      assertThat(skips.unreached()).as(found).isEqualTo(unreached);
      assertThat(skips.returning()).as(found).isEqualTo(shapes.linesWith(method, "RETURNS"));
      assertThat(skips.branching()).as(found).isEqualTo(shapes.linesWith(method, "IF"));
      assertThat(skips.swallowing()).as(found).isEqualTo(shapes.linesWith(method, "SWALLOWED"));
      if (skips.isNone()) {
        assertThat(skips.errors())
            .as(found)
            .isEqualTo(!shapes.linesWith(method, "UNLESS").isEmpty());
      }
      assertThat(skips.turning()).as(found).isEqualTo(!shapes.linesWith(method, "LOOPS").isEmpty());
    }
    assertThat(closing.automatic())
        .as(found)
        .isEqualTo(!shapes.linesWith(method, "RESOURCE").isEmpty());
    assertThat(closing.beforeReturn())
        .as(found)
        .isEqualTo(
            shapes.linesWith(method, "BEFORE").isEmpty()
                ? null
                : shapes.words(method, "BEFORE").get(1));
    Site handedOn = closing.handedOn();
    assertThat(handedOn == null ? List.of() : List.of(handedOn.line()))
        .as(found)
        .isEqualTo(shapes.linesWith(method, "HANDED"));
    assertThat(closing.lookedInto()).as(found).hasSameSizeAs(shapes.linesWith(method, "INSIDE"));
  }

  private static Closing look(String method, Shapes shapes) {
    List<StackTraceElement> stack = Stacks.of(shapes, method);
    StackReader reader =
        new StackReader(shapes.classFiles(), frame -> frame.getMethodName().equals(method));
    Moment moment = Moment.valueOf(shapes.words(method, "USE").get(1));
    StackLook look = reader.read(stack, moment);
    assertThat(look.problems()).isEmpty();
    return look.closing();
  }

  private static List<Integer> lines(List<Site> sites) {
    return sites.stream().map(Site::line).distinct().toList();
  }
}
