package dev.closewait.it.support;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Packs a class of the tests, with those nested in it, into a jar. */
public final class ProgramJar {
  private ProgramJar() {}

  /**
   * @param name of the file
   * @param attributes of the manifest
   */
  public static Path of(Class<?> program, String name, Map<String, String> attributes) {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.forEach(manifest.getMainAttributes()::putValue);
    Path jar = BuildPaths.newDirectory("jar").resolve(name);
    Path classes = Path.of(BuildPaths.testClasses());
    String folder = program.getPackageName().replace('.', '/');
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        Stream<Path> files = Files.list(classes.resolve(folder))) {
      for (Path classFile : files.toList()) {
        if (classFile.getFileName().toString().matches(program.getSimpleName() + "\\b.*")) {
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
