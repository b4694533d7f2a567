package dev.closewait.instrument.watch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Class files to weave: of compiled classes, and of those that no compiler of today writes. */
final class ClassFile {
  private ClassFile() {}

  static byte[] of(Class<?> type) {
    String file = type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In a loader of its own, which verifies it. */
  static Class<?> define(String name, byte[] classFile) {
    return new ClassLoader(ClassFile.class.getClassLoader()) {
      Class<?> define() {
        return defineClass(name, classFile, 0, classFile.length);
      }
    }.define();
  }

  /** {@code static int run(int)} that compares its argument with so many numbers. */
  static byte[] withReturns(String name, int returns) {
    ClassWriter type = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
    type.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
    MethodVisitor run = run(type);
    for (int i = 0; i < returns; i++) {
      Label next = new Label();
      run.visitVarInsn(Opcodes.ILOAD, 0);
      run.visitJumpInsn(Opcodes.IFNE, next);
      run.visitVarInsn(Opcodes.ILOAD, 0);
      run.visitInsn(Opcodes.NOP);
      run.visitInsn(Opcodes.IRETURN);
      run.visitLabel(next);
    }
    run.visitInsn(Opcodes.ICONST_1);
    run.visitInsn(Opcodes.IRETURN);
    return finish(type, run);
  }

  /**
   * {@code static int run(int)}: one more, or -1 for 0, which is found out by a division, and in
   * old versions by a subroutine.
   */
  static byte[] ofVersion(String name, int version) {
    ClassWriter type =
        new ClassWriter(
            version < Opcodes.V1_6 ? ClassWriter.COMPUTE_MAXS : ClassWriter.COMPUTE_FRAMES);
    type.visit(
        version, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, name, null, "java/lang/Object", null);
    MethodVisitor run = run(type);
    Label start = new Label();
    Label end = new Label();
    Label handler = new Label();
    run.visitTryCatchBlock(start, end, handler, "java/lang/ArithmeticException");
    run.visitLabel(start);
    run.visitInsn(Opcodes.ICONST_1);
    run.visitVarInsn(Opcodes.ILOAD, 0);
    run.visitInsn(Opcodes.IDIV);
    run.visitInsn(Opcodes.POP);
    run.visitLabel(end);
    addOne(run, version < Opcodes.V1_6);
    run.visitLabel(handler);
    run.visitInsn(Opcodes.POP);
    run.visitInsn(Opcodes.ICONST_M1);
    run.visitInsn(Opcodes.IRETURN);
    return finish(type, run);
  }

  private static void addOne(MethodVisitor run, boolean bySubroutine) {
    if (!bySubroutine) {
      run.visitIincInsn(0, 1);
      run.visitVarInsn(Opcodes.ILOAD, 0);
      run.visitInsn(Opcodes.IRETURN);
      return;
    }
    Label subroutine = new Label();
    run.visitJumpInsn(Opcodes.JSR, subroutine);
    run.visitVarInsn(Opcodes.ILOAD, 0);
    run.visitInsn(Opcodes.IRETURN);
    run.visitLabel(subroutine);
    run.visitVarInsn(Opcodes.ASTORE, 1);
    run.visitIincInsn(0, 1);
    run.visitVarInsn(Opcodes.RET, 1);
  }

  private static MethodVisitor run(ClassWriter type) {
    MethodVisitor run =
        type.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "run", "(I)I", null, null);
    run.visitCode();
    return run;
  }

  private static byte[] finish(ClassWriter type, MethodVisitor run) {
    run.visitMaxs(0, 0);
    run.visitEnd();
    type.visitEnd();
    return type.toByteArray();
  }
}
