package dev.closewait.diagnosis.bytecode;

import static net.bytebuddy.jar.asm.Opcodes.ATHROW;
import static net.bytebuddy.jar.asm.Opcodes.GOTO;
import static net.bytebuddy.jar.asm.Opcodes.INVOKEINTERFACE;
import static net.bytebuddy.jar.asm.Opcodes.INVOKESPECIAL;
import static net.bytebuddy.jar.asm.Opcodes.INVOKEVIRTUAL;
import static net.bytebuddy.jar.asm.Opcodes.IRETURN;
import static net.bytebuddy.jar.asm.Opcodes.LOOKUPSWITCH;
import static net.bytebuddy.jar.asm.Opcodes.RETURN;
import static net.bytebuddy.jar.asm.Opcodes.TABLESWITCH;

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
    return opcode >= INVOKEVIRTUAL && opcode <= INVOKEINTERFACE;
  }

  boolean isConstructorCall() {
    return opcode == INVOKESPECIAL && name.equals("<init>");
  }

  boolean isReturn() {
    return opcode >= IRETURN && opcode <= RETURN;
  }

  boolean isSwitch() {
    return opcode == TABLESWITCH || opcode == LOOKUPSWITCH;
  }

  /** True when the next instruction is reached only by a jump. */
  boolean isDeadEnd() {
    return isReturn() || isSwitch() || opcode == GOTO || opcode == ATHROW;
  }

  Instruction jumpingTo(List<Integer> resolved) {
    return new Instruction(opcode, line, operand, owner, name, descriptor, resolved);
  }
}
