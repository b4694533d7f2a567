package dev.closewait.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Expected output that a person has read; what differs is left in {@code target/golden} to look at
 * and copy.
 */
public final class GoldenFile {

  private GoldenFile() {}

  public static void assertMatches(String name, String actual) throws IOException {
    Path seen = Path.of("target", "golden", name);
    Files.createDirectories(seen.getParent());
    Files.writeString(seen, actual, StandardCharsets.UTF_8);
    assertThat(actual)
        .as("%s is not the golden file %s (read it, then copy it there)", seen, name)
        .isEqualTo(read(name));
  }

  private static String read(String name) throws IOException {
    try (InputStream golden = GoldenFile.class.getResourceAsStream(name)) {
      return golden == null ? "" : new String(golden.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
