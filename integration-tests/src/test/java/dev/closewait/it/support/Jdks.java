package dev.closewait.it.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the JDKs that the tests run on; a source of parameters for {@code @MethodSource}. */
public final class Jdks {
  /** Where systems and tools install JDKs: directories that hold one in each subdirectory. */
  private static final List<String> COLLECTIONS =
      List.of(
          "/usr/lib/jvm",
          "/usr/java",
          "/usr/local",
          "/opt",
          "/opt/java",
          "/opt/hostedtoolcache/Java_Temurin-Hotspot_jdk",
          "/Library/Java/JavaVirtualMachines",
          "~/.sdkman/candidates/java",
          "~/.jdks",
          "~/.asdf/installs/java",
          "~/.local/share/mise/installs/java",
          "~/.gradle/jdks",
          "~/.m2/jdks");

  /** A home may be the directory itself or lie in it (macOS bundles, tool caches). */
  private static final List<String> HOMES_WITHIN = List.of("", "Contents/Home", "x64", "arm64");

  private static final List<Jdk> ALL = Stream.of(17, 25).map(Jdks::find).toList();

  private Jdks() {}

  /** Every release under test, installed or not. */
  public static Stream<Jdk> all() {
    return ALL.stream();
  }

  /** One release under test. */
  public static Jdk of(int feature) {
    return all().filter(jdk -> jdk.feature() == feature).findFirst().orElseThrow();
  }

  /** The one that runs the tests, whatever its release. */
  public static Jdk running() {
    return new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
  }

  private static Jdk find(int feature) {
    for (Path candidate : candidates(feature)) {
      if (featureOf(candidate) == feature && Files.isExecutable(candidate.resolve("bin/javac"))) {
        return new Jdk(feature, candidate);
      }
    }
    return new Jdk(feature, null);
  }

  private static List<Path> candidates(int feature) {
    List<Path> candidates = new ArrayList<>();
    candidates.add(Path.of(System.getProperty("java.home")));
    for (Map.Entry<String, String> variable : System.getenv().entrySet()) {
      if (namesHome(variable.getKey(), feature) && !variable.getValue().isBlank()) {
        candidates.add(Path.of(variable.getValue()));
      }
    }
    for (String collection : COLLECTIONS) {
      candidates.addAll(within(Path.of(collection.replace("~", System.getProperty("user.home")))));
    }
    return candidates;
  }

  /** JAVA_HOME, JAVA17_HOME, JAVA_HOME_17, JAVA_HOME_17_X64, JDK_17, JDK17_HOME and the like. */
  private static boolean namesHome(String variable, int feature) {
    return variable.equals("JAVA_HOME")
        || variable.matches("(JAVA|JDK)_?(HOME_)?" + feature + "(_HOME|_X64|_ARM64|_AARCH64)?");
  }

  private static List<Path> within(Path collection) {
    List<Path> homes = new ArrayList<>();
    if (!Files.isDirectory(collection)) {
      return homes;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(collection)) {
      for (Path entry : entries) {
        HOMES_WITHIN.forEach(within -> homes.add(entry.resolve(within)));
      }
    } catch (IOException unreadable) {
      return List.of();
    }
    homes.sort(null);
    return homes;
  }

  /** From the {@code release} file, which JEP 223's version strings are in; 0 where none is. */
  private static int featureOf(Path home) {
    Path release = home.resolve("release");
    if (!Files.isReadable(release)) {
      return 0;
    }
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(release)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    @Nullable String version = properties.getProperty("JAVA_VERSION");
    return version == null
        ? 0
        : Integer.parseInt(version.replace("\"", "").replaceFirst("[^0-9].*", ""));
  }
}
