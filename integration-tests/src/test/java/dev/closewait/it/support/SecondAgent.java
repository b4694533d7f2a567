package dev.closewait.it.support;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Packs a class of the tests, with those nested in it, as an agent that runs beside ours. */
public final class SecondAgent {
  private SecondAgent() {}

  /** A jar whose {@code premain} is that of the class. */
  public static Path jar(Class<?> agent) {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Premain-Class", agent.getName());
    attributes.putValue("Can-Retransform-Classes", "true");
    Path jar = BuildPaths.newDirectory("agent").resolve("second-agent.jar");
    Path classes = Path.of(BuildPaths.testClasses());
    String folder = agent.getPackageName().replace('.', '/');
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        Stream<Path> files = Files.list(classes.resolve(folder))) {
      for (Path classFile : files.toList()) {
        if (classFile.getFileName().toString().matches(agent.getSimpleName() + "\\b.*")) {
          out.putNextEntry(new JarEntry(classes.relativize(classFile).toString()));
          Files.copy(classFile, out);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jar;
  }
}
