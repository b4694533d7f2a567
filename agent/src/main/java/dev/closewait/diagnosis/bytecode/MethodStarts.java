package dev.closewait.diagnosis.bytecode;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Frames of methods that are to blame and on no stack: with the first line of their code.
 *
 * <p>Confined to the scanner thread.
 */
public final class MethodStarts {
  private static final int MAX_METHODS = 500;

  private static final int UNKNOWN_LINE = -1;

  private final ClassFiles files;
  private final Map<String, StackTraceElement> known = new LinkedHashMap<>();

  public MethodStarts(ClassFiles files) {
    this.files = files;
  }

  /**
   * The first line is that of the first statement, or of the closing brace of an empty method; no
   * line where the class has none, or cannot be read.
   *
   * @param parameter a part of the descriptor that tells overloads apart
   */
  public StackTraceElement frame(String className, String method, String parameter) {
    String key = className + '#' + method + '#' + parameter;
    StackTraceElement frame = known.get(key);
    if (frame == null) {
      frame = read(className, method, parameter);
      if (known.size() >= MAX_METHODS) {
        known.remove(known.keySet().iterator().next());
      }
      known.put(key, frame);
    }
    return frame;
  }

  private StackTraceElement read(String className, String method, String parameter) {
    try {
      for (byte[] classFile : files.read(className)) {
        StartVisitor start = new StartVisitor(method, parameter);
        ClassCode.reader(classFile).accept(start, ClassReader.SKIP_FRAMES);
        if (start.line != UNKNOWN_LINE) {
          return new StackTraceElement(className, method, start.file, start.line);
        }
      }
    } catch (UnreadableClassException | RuntimeException e) {
      // The method is named without its line.
    }
    return new StackTraceElement(className, method, fileOf(className), UNKNOWN_LINE);
  }

  /** As javac names it. */
  private static String fileOf(String className) {
    String simple = className.substring(className.lastIndexOf('.') + 1);
    int nested = simple.indexOf('$');
    return (nested < 0 ? simple : simple.substring(0, nested)) + ".java";
  }

  /** Bridges that the compiler has added are passed over: they have the line of the class. */
  private static final class StartVisitor extends ClassVisitor {
    private final String method;
    private final String parameter;
    private @Nullable String file;
    private int line = UNKNOWN_LINE;

    StartVisitor(String method, String parameter) {
      super(Opcodes.ASM9);
      this.method = method;
      this.parameter = parameter;
    }

    @Override
    public void visitSource(String source, String debug) {
      file = source;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      boolean isBridge = (access & Opcodes.ACC_SYNTHETIC) != 0;
      if (isBridge || !name.equals(method) || !descriptor.contains(parameter)) {
        return null;
      }
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitLineNumber(int number, Label label) {
          if (line == UNKNOWN_LINE) {
            line = number;
          }
        }
      };
    }
  }
}
