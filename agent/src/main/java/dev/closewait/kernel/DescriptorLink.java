package dev.closewait.kernel;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads what one descriptor stands for; apart, because java.nio.file is not for the time before
 * {@code main}.
 */
final class DescriptorLink {

  private DescriptorLink() {}

  /** The link's text, such as {@code socket:[4711]}; null when there is no such descriptor. */
  static @Nullable String target(File directory, int number) throws IOException {
    try {
      Path link = Path.of(directory.getPath(), Integer.toString(number));
      return Files.readSymbolicLink(link).toString();
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
