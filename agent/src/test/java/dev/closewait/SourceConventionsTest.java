package dev.closewait;

import static dev.closewait.AgentClasses.ALL;
import static dev.closewait.AgentClasses.SOURCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What the style guide says about each source file of the repository. */
class SourceConventionsTest {
  private static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();
  private static final int MAX_LINES = 300;
  private static final int MAX_PARAMETERS = 5;
  private static final String SAYS_NOTHING =
      ".*(Manager|Helper|Utils?|Impl|Handler|Data|Info)|I[A-Z].*";

  @Test
  void everyPackageIsNullMarked() {
    assertThat(ALL.stream().map(JavaClass::getPackage).distinct())
        .isNotEmpty()
        .allSatisfy(each -> assertThat(each.isAnnotatedWith(NullMarked.class)).isTrue());
  }

  @Test
  void everyPackageSaysWhatItDoes() throws IOException {
    assertThat(sourcesIn(SOURCES))
        .filteredOn(file -> file.endsWith("package-info.java"))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(file).content().startsWith("/**"));
  }

  @Test
  void noClassIsTooLong() throws IOException {
    List<Path> sources = sourcesIn(REPOSITORY);
    assertThat(sources).hasSizeGreaterThan(1);
    assertThat(sources.stream().filter(SourceConventionsTest::isTooLong)).isEmpty();
  }

  private static boolean isTooLong(Path source) {
    try (Stream<String> lines = Files.lines(source)) {
      return lines.count() > MAX_LINES;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void noClassHasNameThatSaysNothing() throws IOException {
    List<String> names =
        sourcesIn(REPOSITORY).stream()
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .toList();
    assertThat(names).hasSizeGreaterThan(1);
    assertThat(names.stream().filter(name -> name.matches(SAYS_NOTHING))).isEmpty();
  }

  @Test
  void noMethodHasTooManyParameters() {
    List<JavaCodeUnit> units =
        ALL.stream()
            .flatMap(each -> each.getCodeUnits().stream())
            .filter(SourceConventionsTest::isWrittenByHand)
            .toList();
    assertThat(units).isNotEmpty();
    assertThat(units.stream().filter(unit -> unit.getRawParameterTypes().size() > MAX_PARAMETERS))
        .isEmpty();
  }

  /** Not the constructors of records and enums, nor what the compiler or a library asks for. */
  private static boolean isWrittenByHand(JavaCodeUnit unit) {
    JavaClass owner = unit.getOwner();
    boolean isValueConstructor = unit.isConstructor() && (owner.isRecord() || owner.isEnum());
    return !isValueConstructor
        && !unit.getModifiers().contains(JavaModifier.SYNTHETIC)
        && !unit.getName().contains("$")
        && !overrides(unit);
  }

  private static boolean overrides(JavaCodeUnit unit) {
    String[] parameters =
        unit.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new);
    JavaClass owner = unit.getOwner();
    return unit.isMethod()
        && Stream.concat(
                owner.getAllRawSuperclasses().stream(), owner.getAllRawInterfaces().stream())
            .anyMatch(type -> type.tryGetMethod(unit.getName(), parameters).isPresent());
  }

  private static List<Path> sourcesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("/target/"))
          .toList();
    }
  }
}
