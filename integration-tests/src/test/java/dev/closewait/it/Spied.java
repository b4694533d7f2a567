package dev.closewait.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.leaving.SpyAgent;
import dev.closewait.it.support.BuildPaths;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.SecondAgent;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** What the spy has seen of the classes of one JVM. */
final class Spied {
  private static final String OUR_CALL = "java/net/CloseWaitWatch";

  private final Path directory = BuildPaths.newDirectory("spy");

  /** The command with the spy behind our agent. */
  JavaCommand on(JavaCommand command) {
    return command.optionsAfterAgent(
        "-javaagent:" + SecondAgent.jar(SpyAgent.class) + "=" + directory);
  }

  /** True when the class file that the JVM uses now calls us. */
  boolean isWoven(Class<?> type) {
    List<Path> versions = versions(type);
    return code(versions.get(versions.size() - 1)).contains(OUR_CALL);
  }

  /**
   * True when the methods that the JVM uses now are, instruction by instruction, those that were
   * loaded; the JVM orders them, and the rest of a class file, in its own way.
   */
  boolean isOriginal(Class<?> type) {
    List<Path> versions = versions(type);
    return methods(versions.get(0)).equals(methods(versions.get(versions.size() - 1)));
  }

  /** How often the class was changed or put back; 0 when nobody touched it. */
  int changes(Class<?> type) {
    return versions(type).size() - 1;
  }

  /** How often watched methods have been called. */
  long calls() {
    try {
      return Long.parseLong(new String(Files.readAllBytes(directory.resolve("calls")), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> versions(Class<?> type) {
    List<Path> versions = new ArrayList<>();
    Path file = file(type, 1);
    while (Files.exists(file)) {
      versions.add(file);
      file = file(type, versions.size() + 1);
    }
    return versions;
  }

  private Path file(Class<?> type, int version) {
    return directory.resolve(type.getSimpleName() + "." + version + ".class");
  }

  private static List<String> methods(Path classFile) {
    return Stream.of(code(classFile).split("\n\n|\n}")).map(String::strip).sorted().toList();
  }

  private static String code(Path classFile) {
    StringWriter code = new StringWriter();
    StringWriter errors = new StringWriter();
    ToolProvider.findFirst("javap")
        .orElseThrow()
        .run(
            new PrintWriter(code),
            new PrintWriter(errors),
            "-c",
            "-l",
            "-private",
            classFile.toString());
    assertThat(errors.toString()).isEmpty();
    return code.toString();
  }
}
