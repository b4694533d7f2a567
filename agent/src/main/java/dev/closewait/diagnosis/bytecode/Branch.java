package dev.closewait.diagnosis.bytecode;

/** Whether a conditional jump is taken, as far as its operands are known. */
enum Branch {
  ALWAYS,
  NEVER,
  EITHER;

  /**
   * @param used a connection that is there and open: the ways on which it is null or closed are
   *     nobody's leak
   */
  static Branch of(Instruction jump, State state, Resource used) {
    int opcode = jump.opcode();
    if (opcode == Opcode.GOTO) {
      return ALWAYS;
    }
    Value top = state.peek(0);
    if (opcode == Opcode.IFNULL || opcode == Opcode.IFNONNULL) {
      boolean isNull = top.is(Value.Known.NULL);
      boolean isThere = !isNull && used.isItself(top.origins());
      return isNull || isThere ? when(isNull == (opcode == Opcode.IFNULL)) : EITHER;
    }
    if (opcode >= Opcode.IFEQ && opcode <= Opcode.IFLE) {
      return compared(opcode, top, used);
    }
    if (opcode >= Opcode.IF_ICMPEQ && opcode <= Opcode.IF_ICMPLE) {
      Value below = state.peek(1);
      return top.is(Value.Known.NUMBER) && below.is(Value.Known.NUMBER)
          ? when(holds(opcode - Opcode.IF_ICMPEQ, below.number(), top.number()))
          : EITHER;
    }
    return EITHER;
  }

  private static Branch compared(int opcode, Value top, Resource used) {
    int relation = opcode - Opcode.IFEQ;
    if (top.is(Value.Known.NUMBER)) {
      return when(holds(relation, top.number(), 0));
    }
    if (top.is(Value.Known.OPEN_TEST) && used.isItself(top.origins())) {
      return when(holds(relation, 1, 0));
    }
    return top.is(Value.Known.CLOSED_TEST) && used.isItself(top.origins())
        ? when(holds(relation, 0, 0))
        : EITHER;
  }

  private static Branch when(boolean taken) {
    return taken ? ALWAYS : NEVER;
  }

  /**
   * In the order of the opcodes: equal, not equal, less, greater or equal, greater, less or equal.
   */
  private static boolean holds(int relation, int left, int right) {
    return switch (relation) {
      case 0 -> left == right;
      case 1 -> left != right;
      case 2 -> left < right;
      case 3 -> left >= right;
      case 4 -> left > right;
      default -> left <= right;
    };
  }
}
