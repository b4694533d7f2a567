package dev.closewait.instrument.hook;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Weaves {@code ClassLoader.defineClass(String, byte[], int, int, ProtectionDomain)} and its
 * sibling with a {@code ByteBuffer}: the class file that is defined is the one that the hook gives
 * back.
 *
 * <p>There is no branch, and so no new stack map frame.
 */
final class DefinitionVisitor extends MethodVisitor {
  private static final String SLICE = "([B[BI)I";
  private static final int THIS = 0;
  private static final int NAME = 1;
  private static final int CLASS_FILE = 2;
  private static final int OFFSET = 3;
  private static final int LENGTH = 4;

  private final boolean isArray;
  private final Hook.Call call;

  DefinitionVisitor(MethodVisitor next, String descriptor, Hook.Call call) {
    super(Opcodes.ASM9, next);
    this.isArray = descriptor.startsWith("(Ljava/lang/String;[B");
    this.call = call;
  }

  @Override
  public void visitCode() {
    super.visitCode();
    super.visitVarInsn(Opcodes.ALOAD, NAME);
    super.visitVarInsn(Opcodes.ALOAD, CLASS_FILE);
    if (isArray) {
      super.visitVarInsn(Opcodes.ILOAD, OFFSET);
      super.visitVarInsn(Opcodes.ILOAD, LENGTH);
      super.visitVarInsn(Opcodes.ALOAD, THIS);
      call(call.hook(), "(Ljava/lang/String;[BIILjava/lang/ClassLoader;)[B");
      replace("offset", OFFSET);
      replace("length", LENGTH);
    } else {
      super.visitVarInsn(Opcodes.ALOAD, THIS);
      String buffer = "Ljava/nio/ByteBuffer;";
      call(call.hook(), "(Ljava/lang/String;" + buffer + "Ljava/lang/ClassLoader;)" + buffer);
    }
    super.visitVarInsn(Opcodes.ASTORE, CLASS_FILE);
  }

  /** Of the array that is on the stack, which stays there. */
  private void replace(String question, int local) {
    super.visitInsn(Opcodes.DUP);
    super.visitVarInsn(Opcodes.ALOAD, CLASS_FILE);
    super.visitVarInsn(Opcodes.ILOAD, local);
    call(question, SLICE);
    super.visitVarInsn(Opcodes.ISTORE, local);
  }

  private void call(String method, String descriptor) {
    super.visitMethodInsn(Opcodes.INVOKESTATIC, call.owner(), method, descriptor, false);
  }
}
