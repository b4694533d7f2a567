package dev.closewait.diagnosis.bytecode;

import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;

/** The compilers that make the shapes: each lays out finally blocks and loops in its own way. */
final class Compilers {
  private Compilers() {}

  /**
   * One compiler.
   *
   * @param release of Java that it compiles for
   */
  record Compiler(String name, JavaCompiler tool, int release) {
    Shapes compile(String source) {
      return Shapes.compiled(tool, source, "--release", String.valueOf(release));
    }

    @Override
    public String toString() {
      return name + " for " + release;
    }
  }

  static Stream<Compiler> all() {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    int running = Runtime.version().feature();
    return Stream.of(
        new Compiler("javac", javac, 8),
        new Compiler("javac", javac, 11),
        new Compiler("javac", javac, running),
        new Compiler("ecj", new EclipseCompiler(), 17));
  }
}
