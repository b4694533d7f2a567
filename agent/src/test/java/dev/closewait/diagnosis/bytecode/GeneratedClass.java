package dev.closewait.diagnosis.bytecode;

import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A class of methods that write to a stream, such as a generator of serializers makes. */
final class GeneratedClass {
  private static final String WRITE = "(Ljava/io/OutputStream;)V";
  private static final int LINE = 7;
  private static final int CONSTANT_BYTES = 60_000;

  private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
  private final String name;

  GeneratedClass(String name) {
    this.name = name;
    writer.visit(
        Opcodes.V1_6, Opcodes.ACC_FINAL, name.replace('.', '/'), null, "java/lang/Object", null);
  }

  /** So big, by constants that nobody uses. */
  GeneratedClass padded(int bytes) {
    for (int i = 0; i < bytes / CONSTANT_BYTES + 1; i++) {
      writer.newUTF8(i + "x".repeat(CONSTANT_BYTES));
    }
    return this;
  }

  /**
   * Adds a method that writes a byte and has each of {@code called} write so many times, each time
   * on one of two ways.
   */
  void addWrite(String method, List<String> called, int times) {
    MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, method, WRITE, null, null);
    code.visitCode();
    Label start = new Label();
    code.visitLabel(start);
    code.visitLineNumber(LINE, start);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitInsn(Opcodes.ICONST_1);
    code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/io/OutputStream", "readLine", "(I)V", false);
    Label rest = new Label();
    code.visitLabel(rest);
    code.visitLineNumber(LINE + 1, rest);
    for (int i = 0; i < times; i++) {
      for (String each : called) {
        Label skipped = new Label();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitJumpInsn(Opcodes.IFNULL, skipped);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, name.replace('.', '/'), each, WRITE, false);
        code.visitLabel(skipped);
      }
    }
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  /** At the line where it writes itself. */
  StackTraceElement at(String method) {
    return new StackTraceElement(name, method, null, LINE);
  }

  byte[] bytes() {
    return writer.toByteArray();
  }
}
