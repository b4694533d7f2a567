package dev.closewait.report.json;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A report file of its own for each test, on a file system that can break. */
abstract class ReplaceableFileFixture {

  static final long PID = 4711;
  static final File FULL_DISK = new File("/dev/full");

  @TempDir Path directory;
  Path path;
  final BreakableOpener opener = new BreakableOpener();

  @BeforeEach
  void choosePath() {
    path = directory.resolve("report.json");
  }

  ReplaceableFile open() throws IOException {
    return ReplaceableFile.open(path.toFile(), opener);
  }

  static void write(ReplaceableFile file, String content) throws IOException {
    file.replace(content.getBytes(StandardCharsets.US_ASCII), PID);
  }

  Object inode() throws IOException {
    return Files.getAttribute(path, "unix:ino");
  }

  List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
