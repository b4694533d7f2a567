package dev.closewait.it.support;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Where the build keeps what the tests start and compare with. */
public final class BuildPaths {
  private BuildPaths() {}

  /** The packaged agent. */
  public static Path agentJar() {
    return Path.of(property("closewait.agent.jar"));
  }

  /** The packaged demo. */
  public static Path demoJar() {
    return Path.of(property("closewait.demo.jar"));
  }

  /** The class path entry that holds the scenarios, and nothing that they need is elsewhere. */
  public static String testClasses() {
    try {
      return Path.of(BuildPaths.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The scenarios and the test dependencies, less those that only tests themselves need. */
  public static String classPathWithLibraries() {
    List<String> testsOnly =
        List.of("junit", "opentest4j", "assertj", "jackson", "networknt", "surefire", "closewait-");
    Stream<String> libraries =
        Arrays.stream(property("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.endsWith(".jar"))
            .filter(entry -> testsOnly.stream().noneMatch(new File(entry).getName()::contains));
    return String.join(
        File.pathSeparator, Stream.concat(Stream.of(testClasses()), libraries).toList());
  }

  /** The source of a class of the demo or of these tests, also of a nested one. */
  public static Path sourceOf(String className) {
    String file = className.replaceFirst("\\$.*", "").replace('.', '/') + ".java";
    return Stream.of("src/test/java", "src/incidents/java", "../demo-app/src/main/java")
        .map(root -> Path.of(root, file))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no source of " + className));
  }

  /** A new directory under {@code target}, kept after the test for whoever looks into a failure. */
  public static Path newDirectory(String prefix) {
    try {
      Path parent = Files.createDirectories(Path.of("target", "it").toAbsolutePath());
      return Files.createTempDirectory(parent, prefix);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String property(String name) {
    return Objects.requireNonNull(
        System.getProperty(name), () -> "system property " + name + " is set by the build");
  }
}
