package dev.closewait.it;

import dev.closewait.it.support.BuildPaths;
import dev.closewait.it.support.CompiledPrograms;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.MarkedLine;
import dev.closewait.it.support.TlsKeyStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An incident that is rebuilt as a program, and what the agent reports of it.
 *
 * @param program in {@code src/incidents/java}; its comment says what went wrong
 * @param libraries those that the program ran with
 * @param fixedLibraries those with the fix; null when the application was wrong, which the program
 *     puts right itself
 * @param libraryCulprit null for the marked line of the program
 */
record Incident(
    String program,
    String cause,
    List<String> libraries,
    @Nullable List<String> fixedLibraries,
    @Nullable String libraryCulprit) {

  private static final String PACKAGE = "dev.closewait.it.incident.";

  /** No name resolves, so that no test asks a name server. */
  private static final Path NO_HOSTS = emptyFile();

  static Incident of(String program, String cause) {
    return new Incident(program, cause, List.of(), null, null);
  }

  Incident with(String... jars) {
    return new Incident(program, cause, List.of(jars), fixedLibraries, libraryCulprit);
  }

  Incident fixedBy(String... jars) {
    return new Incident(program, cause, libraries, List.of(jars), libraryCulprit);
  }

  /** No frame of the application is on any stack: the library is named. */
  Incident blaming(String frame) {
    return new Incident(program, cause, libraries, fixedLibraries, frame);
  }

  String culprit() {
    return libraryCulprit != null ? libraryCulprit : MarkedLine.of(PACKAGE + program).frame();
  }

  /** The program as it leaked. */
  JavaCommand leaking(Jdk jdk) {
    return command(jdk, libraries);
  }

  /** Its healthy twin. */
  JavaCommand healthy(Jdk jdk) {
    return fixedLibraries != null ? command(jdk, fixedLibraries) : command(jdk, libraries, "fixed");
  }

  private JavaCommand command(Jdk jdk, List<String> jars, String... arguments) {
    String main = PACKAGE + program;
    return JavaCommand.on(jdk)
        .options(TlsKeyStore.INSTANCE.options())
        // A garbage collection repairs or sharpens some of them: not before the test has looked.
        .options("-Xmn256m", "-XX:MetaspaceSize=128m", "-Djdk.net.hosts.file=" + NO_HOSTS)
        .classPath(CompiledPrograms.classPath(main, jars))
        .main(main, arguments);
  }

  private static Path emptyFile() {
    try {
      return Files.createFile(BuildPaths.newDirectory("hosts").resolve("hosts"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return program;
  }
}
