package dev.closewait.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Finds the agent to measure and packs the {@link IdleAgent} that it is compared with. */
final class AgentJars {
  private AgentJars() {}

  /** The agent that the build beside this module has packaged. */
  static Path packaged() {
    File[] jars =
        ownJar()
            .resolveSibling("../../agent/target")
            .normalize()
            .toFile()
            .listFiles((folder, name) -> name.matches("closewait-agent-.*\\.jar"));
    if (jars == null || jars.length == 0) {
      throw new IllegalStateException(
          "no agent/target/closewait-agent-*.jar: run mvn package first, or name one (--agent)");
    }
    return jars[0].toPath();
  }

  /** The jar, or folder of classes, that this class was loaded from. */
  static Path ownJar() {
    try {
      return Path.of(AgentJars.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A new jar in the folder of temporary files, deleted at exit. */
  static Path idle() {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", IdleAgent.class.getName());
    String entry = IdleAgent.class.getName().replace('.', '/') + ".class";
    try {
      Path jar = Files.createTempFile("idle-agent", ".jar");
      jar.toFile().deleteOnExit();
      try (OutputStream file = Files.newOutputStream(jar);
          JarOutputStream out = new JarOutputStream(file, manifest);
          InputStream classFile = AgentJars.class.getResourceAsStream("/" + entry)) {
        if (classFile == null) {
          throw new IOException("no class file of the idle agent: " + entry);
        }
        out.putNextEntry(new ZipEntry(entry));
        classFile.transferTo(out);
        out.closeEntry();
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
