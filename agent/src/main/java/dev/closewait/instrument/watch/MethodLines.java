package dev.closewait.instrument.watch;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Finds the methods of a class that frames stand in: of those with one name, the one that has the
 * line.
 */
final class MethodLines extends ClassVisitor {
  /** The line of a frame whose method does not know its lines. */
  private static final int NOT_KNOWN = -1;

  private final Set<StackTraceElement> frames;
  private final Set<String> found = new HashSet<>();

  private MethodLines(Set<StackTraceElement> frames) {
    super(Opcodes.ASM9);
    this.frames = frames;
  }

  /** Names with descriptors. */
  static Set<String> find(ClassReader classFile, Set<StackTraceElement> frames) {
    MethodLines lines = new MethodLines(frames);
    classFile.accept(lines, ClassReader.SKIP_FRAMES);
    return lines.found;
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    Set<Integer> wanted = new HashSet<>();
    for (StackTraceElement frame : frames) {
      if (frame.getMethodName().equals(name)) {
        wanted.add(frame.getLineNumber());
      }
    }
    boolean hasCode = (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
    return wanted.isEmpty() || !hasCode ? null : new LineSearch(name + descriptor, wanted);
  }

  private final class LineSearch extends MethodVisitor {
    private final String method;
    private final Set<Integer> wanted;
    private boolean hasLines;

    LineSearch(String method, Set<Integer> wanted) {
      super(Opcodes.ASM9);
      this.method = method;
      this.wanted = wanted;
    }

    @Override
    public void visitLineNumber(int line, Label start) {
      hasLines = true;
      if (wanted.contains(line)) {
        found.add(method);
      }
    }

    @Override
    public void visitEnd() {
      if (!hasLines || wanted.contains(NOT_KNOWN)) {
        found.add(method);
      }
    }
  }
}
