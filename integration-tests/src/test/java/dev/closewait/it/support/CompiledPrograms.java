package dev.closewait.it.support;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Programs that are compiled by the test, each against libraries that are not on the class path of
 * the tests: old versions, and several of one library.
 */
public final class CompiledPrograms {
  private static final Path SOURCES = Path.of("src/incidents/java");
  private static final Path LIBRARIES = Path.of("target/incidents/lib").toAbsolutePath();

  /** By main class and libraries: a program runs more than once. */
  private static final Map<String, String> CLASS_PATHS = new ConcurrentHashMap<>();

  private CompiledPrograms() {}

  /**
   * Compiles a program, once.
   *
   * @param libraries the names of the jars that the build has copied, without {@code .jar}
   * @return the class path that it runs with
   */
  public static String classPath(String mainClass, List<String> libraries) {
    return CLASS_PATHS.computeIfAbsent(mainClass + libraries, key -> compile(mainClass, libraries));
  }

  private static String compile(String mainClass, List<String> libraries) {
    Path classes = BuildPaths.newDirectory("program");
    String libraryPath =
        String.join(File.pathSeparator, libraries.stream().map(CompiledPrograms::jar).toList());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "--release",
              "17",
              "-proc:none",
              "-classpath",
              libraryPath,
              "-sourcepath",
              SOURCES.toString(),
              "-d",
              classes.toString());
      Path source = SOURCES.resolve(mainClass.replace('.', '/') + ".java");
      boolean compiled =
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      if (!compiled) {
        throw new AssertionError(mainClass + " against " + libraries + ": " + messages);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return libraryPath.isEmpty() ? classes.toString() : classes + File.pathSeparator + libraryPath;
  }

  private static String jar(String name) {
    Path jar = LIBRARIES.resolve(name + ".jar");
    if (!Files.exists(jar)) {
      throw new AssertionError("the build has not copied " + jar);
    }
    return jar.toString();
  }
}
