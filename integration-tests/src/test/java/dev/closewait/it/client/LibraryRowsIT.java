package dev.closewait.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.instrument.arrival.ArrivalTarget;
import dev.closewait.instrument.client.LibraryTargets;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.Jdks;
import dev.closewait.library.ClientLibraries;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each method that the data file names is there, with all its operands, in the library's version
 * under test and in each JDK.
 */
class LibraryRowsIT {
  private static final List<String> OF_JDK = List.of("java.", "jdk.", "sun.");
  private static final List<String> MODULES = List.of("java.base", "java.net.http");

  @ParameterizedTest(name = "{0}")
  @MethodSource("rowsOfLibraries")
  void methodIsInLibrary(String row) throws IOException {
    assertThat(canBeWoven(row, classFile(classOf(row)))).isTrue();
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource("rowsOfJdks")
  void methodIsInJdk(String row, Jdk jdk) throws IOException {
    assertThat(canBeWoven(row, classFile(classOf(row), jdk))).isTrue();
  }

  /** A row for other versions only would be of no use if this one had the method too. */
  @Test
  void methodOfOtherVersionsIsNotInThisOne() throws IOException {
    List<String> rows = rows().filter(LibraryRowsIT::isOfOtherVersions).toList();
    assertThat(rows).isNotEmpty();
    for (String row : rows) {
      assertThat(canBeWoven(row, classFile(classOf(row)))).as(row).isFalse();
    }
  }

  static Stream<String> rowsOfLibraries() throws IOException {
    return rows().filter(row -> !isOfJdk(row) && !isOfOtherVersions(row));
  }

  static Stream<Arguments> rowsOfJdks() throws IOException {
    List<String> rows = rows().filter(LibraryRowsIT::isOfJdk).toList();
    return Jdks.all().flatMap(jdk -> rows.stream().map(row -> Arguments.of(row, jdk)));
  }

  private static Stream<String> rows() throws IOException {
    ClassLoader loader = LibraryRowsIT.class.getClassLoader();
    try (InputStream in = loader.getResourceAsStream(ClientLibraries.RESOURCE)) {
      String file = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      List<String> rows =
          file.lines().filter(line -> line.matches("\\S+ (enter|return)\\?? \\S+[.].*")).toList();
      assertThat(rows).hasSizeGreaterThan(50);
      return rows.stream();
    }
  }

  private static boolean isOfJdk(String row) {
    return OF_JDK.stream().anyMatch(classOf(row)::startsWith);
  }

  private static boolean isOfOtherVersions(String row) {
    return row.split(" ")[1].endsWith("?");
  }

  private static String classOf(String row) {
    String place = row.split(" ")[2].replaceFirst("[(*].*", "");
    return place.substring(0, place.lastIndexOf('.'));
  }

  private static boolean canBeWoven(String row, byte @Nullable [] classFile) {
    String file = "library Any\nframes any.\ntakes nothing\n" + row;
    ArrivalTarget target = LibraryTargets.of(ClientLibraries.parse(file)).get(0);
    return classFile != null && target.weave(classOf(row), classFile, null) != null;
  }

  private static byte @Nullable [] classFile(String name) throws IOException {
    String file = name.replace('.', '/') + ".class";
    try (InputStream in = LibraryRowsIT.class.getClassLoader().getResourceAsStream(file)) {
      return in == null ? null : in.readAllBytes();
    }
  }

  private static byte @Nullable [] classFile(String name, Jdk jdk) throws IOException {
    Map<String, String> home = Map.of("java.home", jdk.home().toString());
    try (FileSystem runtime = FileSystems.newFileSystem(URI.create("jrt:/"), home)) {
      for (String module : MODULES) {
        Path file = runtime.getPath("modules", module, name.replace('.', '/') + ".class");
        if (Files.exists(file)) {
          return Files.readAllBytes(file);
        }
      }
      return null;
    }
  }
}
