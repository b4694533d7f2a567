package dev.closewait.startup;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.security.CodeSource;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The files in the agent's own jar. Read through {@link ZipFile}, which the JVM has open already: a
 * class loader would set up its URL handlers first, which takes some milliseconds before main.
 */
final class AgentResources implements Closeable {
  private final @Nullable ZipFile jar;

  private AgentResources(@Nullable ZipFile jar) {
    this.jar = jar;
  }

  /** Falls back to the class loader where the agent does not run from a jar file. */
  static AgentResources open() throws IOException {
    CodeSource source = AgentResources.class.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return new AgentResources(null);
    }
    try {
      File file = new File(source.getLocation().toURI());
      return new AgentResources(file.isFile() ? new ZipFile(file) : null);
    } catch (URISyntaxException | IllegalArgumentException e) {
      return new AgentResources(null);
    }
  }

  byte[] read(String name) throws IOException {
    try (InputStream in = find(name)) {
      if (in == null) {
        throw new IOException("the agent jar lacks " + name);
      }
      return in.readAllBytes();
    }
  }

  private @Nullable InputStream find(String name) throws IOException {
    if (jar == null) {
      return AgentResources.class.getResourceAsStream("/" + name);
    }
    ZipEntry entry = jar.getEntry(name);
    return entry == null ? null : jar.getInputStream(entry);
  }

  @Override
  public void close() throws IOException {
    if (jar != null) {
      jar.close();
    }
  }
}
