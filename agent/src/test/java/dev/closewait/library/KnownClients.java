package dev.closewait.library;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The data file that goes into the jar. */
public final class KnownClients {
  private KnownClients() {}

  public static ClientLibraries read() {
    ClassLoader loader = KnownClients.class.getClassLoader();
    try (InputStream in = loader.getResourceAsStream(ClientLibraries.RESOURCE)) {
      byte[] file = Objects.requireNonNull(in, ClientLibraries.RESOURCE).readAllBytes();
      return ClientLibraries.parse(new String(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
