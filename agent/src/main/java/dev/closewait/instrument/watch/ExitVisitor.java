package dev.closewait.instrument.watch;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Weaves into one method a call at its entry, before each return, and where an exception leaves it.
 *
 * <p>No instruction of the method changes. The only new stack map frame, that of the handler,
 * claims no local variable, which is true of any method. In a constructor all begins after the call
 * of the other constructor: before it, no handler may see {@code this}.
 */
final class ExitVisitor extends MethodVisitor {
  private static final String WATCH = "java/net/CloseWaitWatch";
  private static final String CONSTRUCTOR = "<init>";

  /** Class files before it have no stack map frames (JVMS 4.10.1). */
  private static final int FIRST_WITH_FRAMES = Opcodes.V1_6;

  private static final int LONGEST_CALL_BYTES = 9;

  private final int number;
  private final boolean hasFrames;
  private final boolean isConstructor;
  private final Label start = new Label();
  private final Label end = new Label();
  private boolean begun;
  private int line = -1;
  private int uninitialised;
  private int addedBytes;

  /**
   * @param number of {@code CloseWaitWatch.number}
   * @param classVersion the major version of the class file
   */
  ExitVisitor(MethodVisitor next, String method, int number, int classVersion) {
    super(Opcodes.ASM9, next);
    this.number = number;
    this.hasFrames = classVersion >= FIRST_WITH_FRAMES;
    this.isConstructor = method.equals(CONSTRUCTOR);
  }

  /** After the class was written: how long the method's code is up to the new handler. */
  int codeBytes() {
    return begun ? end.getOffset() : 0;
  }

  /** How many of them are new, at most. */
  int addedBytes() {
    return addedBytes;
  }

  @Override
  public void visitCode() {
    super.visitCode();
    if (!isConstructor) {
      begin();
    }
  }

  @Override
  public void visitLineNumber(int lineNumber, Label from) {
    line = lineNumber;
    super.visitLineNumber(lineNumber, from);
  }

  @Override
  public void visitTypeInsn(int opcode, String type) {
    super.visitTypeInsn(opcode, type);
    if (opcode == Opcodes.NEW) {
      uninitialised++;
    }
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean isInterface) {
    super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    if (begun || opcode != Opcodes.INVOKESPECIAL || !name.equals(CONSTRUCTOR)) {
      return;
    }
    if (uninitialised == 0) {
      begin();
    } else {
      uninitialised--;
    }
  }

  private void begin() {
    begun = true;
    call("entered", "()V");
    super.visitLabel(start);
  }

  @Override
  public void visitInsn(int opcode) {
    if (begun && opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
      push(number);
      push(line);
      call("returned", "(II)V");
    }
    super.visitInsn(opcode);
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    if (begun) {
      super.visitLabel(end);
      super.visitTryCatchBlock(start, end, end, "java/lang/Throwable");
      if (hasFrames) {
        @Nullable Object[] none = {};
        super.visitFrame(Opcodes.F_FULL, 0, none, 1, new Object[] {"java/lang/Throwable"});
      }
      super.visitInsn(Opcodes.DUP);
      push(number);
      call("left", "(Ljava/lang/Throwable;I)V");
      super.visitInsn(Opcodes.ATHROW);
    }
    super.visitMaxs(maxStack, maxLocals);
  }

  private void call(String hook, String descriptor) {
    addedBytes += LONGEST_CALL_BYTES;
    super.visitMethodInsn(Opcodes.INVOKESTATIC, WATCH, hook, descriptor, false);
  }

  private void push(int value) {
    if (value >= Short.MIN_VALUE && value <= Short.MAX_VALUE) {
      super.visitIntInsn(Opcodes.SIPUSH, value);
    } else {
      super.visitLdcInsn(value);
    }
  }
}
