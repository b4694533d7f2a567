package dev.closewait.it.netty.loader;

import dev.closewait.it.support.BuildPaths;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The half-closure server, compiled once more in another way than the build does. */
final class CompiledServer {
  private CompiledServer() {}

  /**
   * Keeps the lines of the source where they are, so that the mark stands where the report says.
   *
   * @param options of javac
   * @return the directory with the classes
   */
  static String compile(UnaryOperator<String> change, String... options) {
    return compile(change, List.of(), options);
  }

  /**
   * @param more sources that are compiled with it
   */
  static String compile(UnaryOperator<String> change, List<Path> more, String... options) {
    Path directory = BuildPaths.newDirectory("compiled");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      Path original = BuildPaths.sourceOf(HalfClosureServer.class.getName());
      Path source = directory.resolve(original.getFileName());
      Files.writeString(source, change.apply(Files.readString(original)));
      List<Path> sources = new ArrayList<>(more);
      sources.add(source);
      List<String> arguments = new ArrayList<>(List.of(options));
      arguments.addAll(List.of("--release", "17", "-proc:none", "-d", directory.toString()));
      boolean compiled =
          compiler
              .getTask(
                  messages, files, null, arguments, null, files.getJavaFileObjects(paths(sources)))
              .call();
      if (!compiled) {
        throw new AssertionError(messages.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return directory.toString();
  }

  private static Path[] paths(List<Path> sources) {
    return sources.toArray(new Path[0]);
  }
}
