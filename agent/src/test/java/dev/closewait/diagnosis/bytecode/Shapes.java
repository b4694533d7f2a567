package dev.closewait.diagnosis.bytecode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Source files among the test's resources, compiled in memory, with the notes at their lines. */
final class Shapes {
  private static final String NOTE = "// ";

  private final String name;
  private final List<String> lines;
  private final Map<String, byte[]> classFiles;

  private Shapes(String name, List<String> lines, Map<String, byte[]> classFiles) {
    this.name = name;
    this.lines = lines;
    this.classFiles = classFiles;
  }

  /**
   * @param name of the class, in the package {@code shapes}
   * @param options of the compiler
   */
  static Shapes compiled(JavaCompiler compiler, String name, String... options) {
    Path source = path(name + ".java");
    Map<String, byte[]> classFiles = new HashMap<>();
    List<String> all = Stream.concat(Stream.of("-g"), Stream.of(options)).toList();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        JavaFileManager keeping = new Keeping(files, classFiles)) {
      boolean isCompiled =
          compiler
              .getTask(null, keeping, problem -> {}, all, null, files.getJavaFileObjects(source))
              .call();
      if (!isCompiled || classFiles.isEmpty()) {
        throw new AssertionError(source + " does not compile with " + all);
      }
      return new Shapes(name, Files.readAllLines(source), classFiles);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Shapes compiled(String name) {
    return compiled(ToolProvider.getSystemJavaCompiler(), name);
  }

  String className() {
    return "shapes." + name;
  }

  /** Knows the classes that were compiled. */
  ClassFiles classFiles() {
    return className -> {
      byte[] classFile = classFiles.get(className);
      return classFile == null ? List.of() : List.of(classFile);
    };
  }

  /** The names of the methods that have a line with this note, in their order. */
  List<String> methodsWith(String note) {
    List<String> methods = new ArrayList<>();
    for (int line = 1; line <= lines.size(); line++) {
      if (!noteAt(line, note).isEmpty()) {
        methods.add(methodAt(line));
      }
    }
    return methods;
  }

  /** The lines of a method with this note. */
  List<Integer> linesWith(String method, String note) {
    List<Integer> found = new ArrayList<>();
    for (int line = 1; line <= lines.size(); line++) {
      if (!noteAt(line, note).isEmpty() && methodAt(line).equals(method)) {
        found.add(line);
      }
    }
    return found;
  }

  /** The words of the only line of a method with this note, from the note on. */
  List<String> words(String method, String note) {
    return noteAt(linesWith(method, note).get(0), note);
  }

  private List<String> noteAt(int line, String note) {
    String text = lines.get(line - 1);
    int start = text.indexOf(NOTE);
    List<String> words = start < 0 ? List.of() : List.of(text.substring(start + 3).split(" "));
    int index = words.indexOf(note);
    return index < 0 ? List.of() : words.subList(index, words.size());
  }

  /** A method begins at the last line above that is indented by two and opens a brace. */
  private String methodAt(int line) {
    for (int above = line; above > 0; above--) {
      String text = lines.get(above - 1);
      if (text.matches("  \\w.*\\) .*\\{.*") && !text.startsWith("   ")) {
        return text.substring(0, text.indexOf('(')).replaceFirst(".* ", "");
      }
    }
    throw new AssertionError("line " + line + " is in no method");
  }

  private static Path path(String file) {
    try {
      return Path.of(Objects.requireNonNull(Shapes.class.getResource(file), file).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static final class Keeping extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, byte[]> classFiles;

    Keeping(JavaFileManager files, Map<String, byte[]> classFiles) {
      super(files);
      this.classFiles = classFiles;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      String name = className.replace('/', '.');
      return new SimpleJavaFileObject(URI.create("mem:///" + className + ".class"), kind) {
        @Override
        public OutputStream openOutputStream() {
          return new ByteArrayOutputStream() {
            @Override
            public void close() {
              classFiles.put(name, toByteArray());
            }
          };
        }
      };
    }
  }
}
