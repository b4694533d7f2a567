package dev.closewait.diagnosis.bytecode;

import java.util.List;

/**
 * The code of one method.
 *
 * @param owner internal name of its class
 * @param guards its exception handlers, in the order in which the JVM asks them
 */
record MethodCode(
    String owner,
    String name,
    String descriptor,
    boolean isStatic,
    boolean isOverridable,
    int maxLocals,
    List<Instruction> instructions,
    List<Guard> guards) {

  /**
   * An exception handler.
   *
   * @param from the first instruction that it guards
   * @param to the first that it does not
   * @param handler where it begins
   * @param type internal name of what it catches; empty for all
   */
  record Guard(int from, int to, int handler, String type) {
    boolean covers(int index) {
      return from <= index && index < to;
    }
  }

  boolean hasLine(int line) {
    for (Instruction instruction : instructions) {
      if (instruction.line() == line) {
        return true;
      }
    }
    return false;
  }

  /** True in the close that a compiler makes of a try-with-resources statement. */
  boolean isAutomatic(int close) {
    for (Guard guard : guards) {
      if (guard.covers(close) && suppresses(guard.handler())) {
        return true;
      }
    }
    return false;
  }

  private boolean suppresses(int handler) {
    int index = handler;
    while (index < size() && !at(index).isCall() && at(index).opcode() != Opcode.ATHROW) {
      index++;
    }
    return index < size() && at(index).isCall() && at(index).name().equals("addSuppressed");
  }

  Instruction at(int index) {
    return instructions.get(index);
  }

  int size() {
    return instructions.size();
  }
}
