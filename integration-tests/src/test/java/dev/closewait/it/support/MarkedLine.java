package dev.closewait.it.support;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * A line of a source file that is marked {@code // LEAK}: the culprit that a report must name,
 * written as {@link StackTraceElement#toString()} writes it.
 */
public record MarkedLine(String frame, int line) {
  private static final String MARK = "// LEAK";

  /** The marked line in the source of a class of the demo or of the scenarios. */
  public static MarkedLine of(String className) {
    return in(BuildPaths.sourceOf(className));
  }

  /** The marked line within one method, for a class that has one in several. */
  public static MarkedLine of(String className, String method) {
    String start = className + "." + method + "(";
    return allIn(BuildPaths.sourceOf(className), MARK).stream()
        .filter(marked -> marked.frame().startsWith(start))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no line is marked in " + start + ")"));
  }

  /** The one line that ends in another mark, such as {@code // LEFT}. */
  public static MarkedLine withMark(String className, String mark) {
    return in(BuildPaths.sourceOf(className), mark);
  }

  static MarkedLine in(Path source) {
    return in(source, MARK);
  }

  private static MarkedLine in(Path source, String mark) {
    List<MarkedLine> marked = allIn(source, mark);
    if (marked.size() != 1) {
      throw new AssertionError(source + " marks lines " + marked + ", not one");
    }
    return marked.get(0);
  }

  private static List<MarkedLine> allIn(Path source, String mark) {
    return markedLines(source, mark).stream().map(line -> at(line, source)).toList();
  }

  private static MarkedLine at(int line, Path source) {
    String method = new MethodAtLine(source, line).find();
    return new MarkedLine(method + "(" + source.getFileName() + ":" + line + ")", line);
  }

  private static List<Integer> markedLines(Path source, String mark) {
    try {
      List<String> lines = Files.readAllLines(source);
      return IntStream.rangeClosed(1, lines.size())
          .filter(number -> lines.get(number - 1).endsWith(mark))
          .boxed()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Finds the method around a line as the compiler reads the source. */
  private static final class MethodAtLine extends TreePathScanner<@Nullable Void, Trees> {
    private final Path source;
    private final int line;
    private final Deque<String> types = new ArrayDeque<>();
    private @Nullable String found;

    MethodAtLine(Path source, int line) {
      this.source = source;
      this.line = line;
    }

    String find() {
      JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
      try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
        JavacTask task =
            (JavacTask)
                compiler.getTask(
                    null, files, null, List.of(), null, files.getJavaFileObjects(source));
        for (CompilationUnitTree unit : task.parse()) {
          types.push(unit.getPackageName() + ".");
          scan(unit, Trees.instance(task));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (found == null) {
        throw new AssertionError("line " + line + " of " + source + " is in no method");
      }
      return found;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, Trees trees) {
      boolean nested = types.size() > 1;
      types.push(types.element() + (nested ? "$" : "") + type.getSimpleName());
      super.visitClass(type, trees);
      types.pop();
      return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, Trees trees) {
      CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
      long start = trees.getSourcePositions().getStartPosition(unit, method);
      long end = trees.getSourcePositions().getEndPosition(unit, method);
      if (unit.getLineMap().getLineNumber(start) <= line
          && line <= unit.getLineMap().getLineNumber(end)) {
        found = types.element() + "." + method.getName();
      }
      return super.visitMethod(method, trees);
    }
  }
}
