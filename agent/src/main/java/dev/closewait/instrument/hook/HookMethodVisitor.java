package dev.closewait.instrument.hook;

import dev.closewait.instrument.hook.Hook.Edge;
import dev.closewait.instrument.hook.Hook.Operand;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Weaves the calls of one method: at its entry, before each return, and where an exception leaves
 * it.
 *
 * <p>No instruction of the method changes and no new local variable is used, so the only new stack
 * map frame is the one of the exception handler: the parameters, which the woven methods never
 * overwrite with another type.
 */
final class HookMethodVisitor extends MethodVisitor {
  private final String owner;
  private final boolean isStatic;
  private final Type[] parameters;
  private final List<Hook> hooks;
  private final Label start = new Label();

  /**
   * @param owner internal name of the class that declares the method
   */
  HookMethodVisitor(
      MethodVisitor next, String owner, boolean isStatic, String descriptor, List<Hook> hooks) {
    super(Opcodes.ASM9, next);
    this.owner = owner;
    this.isStatic = isStatic;
    this.parameters = Type.getArgumentTypes(descriptor);
    this.hooks = hooks;
  }

  @Override
  public void visitCode() {
    super.visitCode();
    callAll(Edge.ENTRY, 0);
    super.visitLabel(start);
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
      callAll(Edge.RETURN, opcode);
    }
    super.visitInsn(opcode);
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    if (has(Edge.THROW)) {
      Label end = new Label();
      super.visitLabel(end);
      super.visitTryCatchBlock(start, end, end, "java/lang/Throwable");
      Object[] locals = parameterTypes();
      super.visitFrame(
          Opcodes.F_FULL, locals.length, locals, 1, new Object[] {"java/lang/Throwable"});
      callAll(Edge.THROW, Opcodes.ATHROW);
      super.visitInsn(Opcodes.ATHROW);
    }
    super.visitMaxs(maxStack, maxLocals);
  }

  private boolean has(Edge edge) {
    for (Hook hook : hooks) {
      if (hook.edge() == edge) {
        return true;
      }
    }
    return false;
  }

  private void callAll(Edge edge, int opcode) {
    for (Hook hook : hooks) {
      if (hook.edge() == edge) {
        for (Operand operand : hook.call().operands()) {
          load(operand, opcode);
        }
        super.visitMethodInsn(
            Opcodes.INVOKESTATIC,
            hook.call().owner(),
            hook.call().hook(),
            hook.call().descriptor(),
            false);
      }
    }
  }

  private void load(Operand operand, int opcode) {
    switch (operand.kind()) {
      case RESULT ->
          super.visitInsn(
              opcode == Opcodes.LRETURN || opcode == Opcodes.DRETURN ? Opcodes.DUP2 : Opcodes.DUP);
      case THROWN -> super.visitInsn(Opcodes.DUP);
      case THIS -> loadThis();
      case ARGUMENT -> loadArgument(operand.index());
      case NUMBER -> super.visitIntInsn(Opcodes.SIPUSH, operand.index());
      case FIELD -> {
        loadThis();
        super.visitFieldInsn(Opcodes.GETFIELD, owner, operand.member(), operand.descriptor());
      }
      case METHOD -> {
        loadThis();
        super.visitMethodInsn(
            Opcodes.INVOKEVIRTUAL, owner, operand.member(), operand.descriptor(), false);
      }
    }
  }

  private void loadThis() {
    super.visitVarInsn(Opcodes.ALOAD, 0);
  }

  private void loadArgument(int index) {
    int local = isStatic ? 0 : 1;
    for (int i = 0; i < index; i++) {
      local += parameters[i].getSize();
    }
    super.visitVarInsn(parameters[index].getOpcode(Opcodes.ILOAD), local);
  }

  /** As {@link MethodVisitor#visitFrame} takes them: one element for a long or double. */
  private Object[] parameterTypes() {
    List<Object> types = new ArrayList<>();
    if (!isStatic) {
      types.add(owner);
    }
    for (Type parameter : parameters) {
      switch (parameter.getSort()) {
        case Type.LONG -> types.add(Opcodes.LONG);
        case Type.DOUBLE -> types.add(Opcodes.DOUBLE);
        case Type.FLOAT -> types.add(Opcodes.FLOAT);
        case Type.OBJECT, Type.ARRAY -> types.add(parameter.getInternalName());
        default -> types.add(Opcodes.INTEGER);
      }
    }
    return types.toArray();
  }
}
