package dev.closewait.diagnosis.bytecode;

import java.util.List;

/**
 * One instruction of a method.
 *
 * @param line in the source; -1 where the class file does not tell
 * @param operand variable, number that is pushed, or dimensions; 0 where there is none
 * @param owner class of the field or method, or the type that is created or pushed; of {@code
 *     invokedynamic} the class of the bootstrap method
 * @param name of the field or method
 * @param descriptor of the field or method
 * @param targets of a jump or switch, as indexes of instructions
 */
record Instruction(
    int opcode,
    int line,
    int operand,
    String owner,
    String name,
    String descriptor,
    List<Integer> targets) {

  boolean isCall() {
    return opcode >= Opcode.INVOKEVIRTUAL && opcode <= Opcode.INVOKEINTERFACE;
  }

  boolean isDynamic() {
    return opcode == Opcode.INVOKEDYNAMIC;
  }

  boolean isPut() {
    return opcode == Opcode.PUTFIELD || opcode == Opcode.PUTSTATIC;
  }

  boolean isConstructorCall() {
    return opcode == Opcode.INVOKESPECIAL && name.equals("<init>");
  }

  /** True for a call of the method that the receiver has in its own class. */
  boolean isDispatched() {
    return opcode == Opcode.INVOKEVIRTUAL || opcode == Opcode.INVOKEINTERFACE;
  }

  boolean isStaticCall() {
    return opcode == Opcode.INVOKESTATIC;
  }

  boolean isReturn() {
    return opcode >= Opcode.IRETURN && opcode <= Opcode.RETURN;
  }

  boolean isSwitch() {
    return opcode == Opcode.TABLESWITCH || opcode == Opcode.LOOKUPSWITCH;
  }

  /** True when the next instruction is reached only by a jump. */
  boolean isDeadEnd() {
    return isReturn() || isSwitch() || opcode == Opcode.GOTO || opcode == Opcode.ATHROW;
  }

  Instruction jumpingTo(List<Integer> resolved) {
    return new Instruction(opcode, line, operand, owner, name, descriptor, resolved);
  }
}
