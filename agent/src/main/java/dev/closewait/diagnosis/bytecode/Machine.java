package dev.closewait.diagnosis.bytecode;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Runs the instructions of one method on what is known of its values. */
final class Machine {
  /** Slots that an opcode takes from the stack; JVMS 21, section 6.5. */
  private static final String TAKEN =
      "00000000000000000000000000000000000000000000002222222200000000000000000000000003"
          + "43433331200000002424242424242424242412122323232424240111222111222111422441111112"
          + "222222200011121210000000000011110111001100";

  /** Slots that an opcode puts on the stack. */
  private static final String PUT =
      "01111111122111221100000000000000000000000000001212111100000000000000000000000000"
          + "00000000000000001212121212121212121212121212121212120212112122121111111110000000"
          + "000000000000000000000000000011100100000000";

  private final MethodCode code;

  /** What the method puts into fields of its object. */
  private final Map<Origin, Set<Origin>> kept = new HashMap<>();

  private final BitSet endOfStream = new BitSet();

  Machine(MethodCode code) {
    this.code = code;
  }

  /** From now on this call reads the end of the stream: it returns -1, or null for a line. */
  void readEndAt(int index) {
    endOfStream.set(index);
  }

  /** True when what is read from fields depends on what was put there. */
  boolean keepsSomething() {
    return !kept.isEmpty();
  }

  /** Before the first instruction. */
  State entry() {
    State state = State.empty(code.maxLocals());
    int variable = 0;
    if (!code.isStatic()) {
      state.setLocal(variable++, Value.from(Origin.THIS));
    }
    for (Type type : Type.getArgumentTypes(code.descriptor())) {
      if (isReference(type)) {
        state.setLocal(variable, Value.from(Origin.parameter(variable)));
      }
      variable += type.getSize();
    }
    return state;
  }

  void execute(int index, State state) {
    Instruction instruction = code.at(index);
    int opcode = instruction.opcode();
    switch (opcode) {
      case Opcodes.ACONST_NULL -> state.push(Value.NULL);
      case Opcodes.ICONST_M1,
          Opcodes.ICONST_0,
          Opcodes.ICONST_1,
          Opcodes.ICONST_2,
          Opcodes.ICONST_3,
          Opcodes.ICONST_4,
          Opcodes.ICONST_5 ->
          state.push(Value.number(opcode - Opcodes.ICONST_0));
      case Opcodes.BIPUSH, Opcodes.SIPUSH -> state.push(Value.number(instruction.operand()));
      case Opcodes.LDC -> state.pushUnknown(instruction.operand());
      case Opcodes.ILOAD, Opcodes.FLOAD, Opcodes.ALOAD ->
          state.push(state.local(instruction.operand()));
      case Opcodes.LLOAD, Opcodes.DLOAD -> state.pushUnknown(2);
      case Opcodes.ISTORE, Opcodes.FSTORE, Opcodes.ASTORE ->
          state.setLocal(instruction.operand(), state.pop());
      case Opcodes.LSTORE, Opcodes.DSTORE -> storeWide(instruction, state);
      case Opcodes.IINC -> state.setLocal(instruction.operand(), Value.ANYTHING);
      case Opcodes.DUP -> state.duplicate(1, 0);
      case Opcodes.DUP_X1 -> state.duplicate(1, 1);
      case Opcodes.DUP_X2 -> state.duplicate(1, 2);
      case Opcodes.DUP2 -> state.duplicate(2, 0);
      case Opcodes.DUP2_X1 -> state.duplicate(2, 1);
      case Opcodes.DUP2_X2 -> state.duplicate(2, 2);
      case Opcodes.SWAP -> swap(state);
      case Opcodes.CHECKCAST, Opcodes.RETURN, Opcodes.GOTO, Opcodes.NOP -> {}
      case Opcodes.NEW -> state.push(Value.from(Origin.site(index)));
      case Opcodes.AALOAD -> element(index, state);
      case Opcodes.ANEWARRAY -> {
        state.drop(1);
        state.push(Value.from(Origin.site(index)));
      }
      case Opcodes.AASTORE -> fill(state);
      case Opcodes.MULTIANEWARRAY -> array(instruction, state);
      case Opcodes.GETSTATIC, Opcodes.GETFIELD, Opcodes.PUTSTATIC, Opcodes.PUTFIELD ->
          field(instruction, state);
      case Opcodes.INVOKEDYNAMIC -> call(index, null, state);
      case Opcodes.INVOKEVIRTUAL,
          Opcodes.INVOKESPECIAL,
          Opcodes.INVOKESTATIC,
          Opcodes.INVOKEINTERFACE ->
          call(index, receiver(instruction, state), state);
      default -> byTable(opcode, state);
    }
  }

  private static void byTable(int opcode, State state) {
    if (opcode == Opcodes.JSR || opcode == Opcodes.RET || opcode >= TAKEN.length()) {
      throw new IllegalStateException("opcode " + opcode);
    }
    state.drop(TAKEN.charAt(opcode) - '0');
    state.pushUnknown(PUT.charAt(opcode) - '0');
  }

  private static void storeWide(Instruction instruction, State state) {
    state.drop(2);
    state.setLocal(instruction.operand(), Value.ANYTHING);
    state.setLocal(instruction.operand() + 1, Value.ANYTHING);
  }

  private static void swap(State state) {
    Value top = state.pop();
    Value below = state.pop();
    state.push(top);
    state.push(below);
  }

  private static void element(int index, State state) {
    state.drop(2);
    state.push(Value.from(Origin.site(index)));
  }

  /** An array, such as that of variable arguments, holds what is put into it. */
  private static void fill(State state) {
    Value element = state.pop();
    state.drop(1);
    Value array = state.pop();
    if (!array.origins().isEmpty()) {
      state.replace(array, Value.from(Value.union(array.origins(), element.origins())));
    }
  }

  private static void array(Instruction instruction, State state) {
    state.drop(instruction.operand());
    state.push(Value.ANYTHING);
  }

  private void field(Instruction access, State state) {
    Type type = Type.getType(access.descriptor());
    boolean isStatic = access.opcode() == Opcodes.GETSTATIC || access.opcode() == Opcodes.PUTSTATIC;
    if (access.opcode() == Opcodes.PUTFIELD || access.opcode() == Opcodes.PUTSTATIC) {
      Value value = state.peek(type.getSize() - 1);
      state.drop(type.getSize() + (isStatic ? 0 : 1));
      keep(access, value);
      return;
    }
    Set<Origin> holder = isStatic ? Set.of() : state.pop().origins();
    if (!isReference(type)) {
      state.pushUnknown(type.getSize());
      return;
    }
    Origin field = Origin.field(access);
    boolean isOfAnother = !holder.isEmpty() && !isThisOrAround(holder);
    Set<Origin> origins = Value.union(Set.of(field), kept.getOrDefault(field, Set.of()));
    state.push(Value.from(isOfAnother ? Value.union(origins, holder) : origins));
  }

  /** An inner class reaches the fields of the class around it through {@code this$0}. */
  private static boolean isThisOrAround(Set<Origin> holder) {
    for (Origin origin : holder) {
      if (!origin.equals(Origin.THIS)
          && !origin.name().endsWith(".this$0")
          && !origin.name().endsWith(".$outer")) {
        return false;
      }
    }
    return true;
  }

  private void keep(Instruction access, Value value) {
    if (!value.origins().isEmpty()) {
      kept.merge(Origin.field(access), value.origins(), Value::union);
    }
  }

  /** What it is called on, below its arguments; null where that is nothing. */
  static @Nullable Value receiver(Instruction call, State before) {
    if (call.opcode() == Opcodes.INVOKESTATIC || call.opcode() == Opcodes.INVOKEDYNAMIC) {
      return null;
    }
    return before.peek(slots(call));
  }

  /** The arguments that are objects or arrays of them, in their order. */
  static List<Argument> arguments(Instruction call, State before) {
    List<Argument> arguments = new ArrayList<>();
    int depth = slots(call);
    int slot = 0;
    for (Type type : Type.getArgumentTypes(call.descriptor())) {
      depth -= type.getSize();
      Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
      if (isReference(element)) {
        arguments.add(new Argument(slot, element.getInternalName(), before.peek(depth)));
      }
      slot += type.getSize();
    }
    return arguments;
  }

  /**
   * An argument of a call.
   *
   * @param slot its place among the arguments, a long or double taking two
   * @param type its declared type or that of its elements, an internal name
   */
  record Argument(int slot, String type, Value value) {}

  private static int slots(Instruction call) {
    return (Type.getArgumentsAndReturnSizes(call.descriptor()) >> 2) - 1;
  }

  private void call(int index, @Nullable Value receiver, State state) {
    Instruction call = code.at(index);
    List<Argument> arguments = arguments(call, state);
    state.drop(slots(call) + (receiver == null ? 0 : 1));
    Type returned = Type.getReturnType(call.descriptor());
    if (call.isConstructorCall()) {
      if (receiver != null && !receiver.origins().contains(Origin.THIS)) {
        Set<Origin> wrapped = Derivation.wrapped(arguments);
        state.replace(receiver, Value.from(Value.union(receiver.origins(), wrapped)));
      }
    } else if (endOfStream.get(index) && isReference(returned)) {
      state.push(Value.NULL);
    } else if (endOfStream.get(index) && returned.getSort() == Type.INT) {
      state.push(Value.number(-1));
    } else if (isReference(returned)) {
      state.push(Derivation.result(index, call, receiver, arguments));
    } else if (returned.getSort() == Type.BOOLEAN) {
      state.push(Derivation.test(call, receiver));
    } else {
      state.pushUnknown(returned.getSize());
    }
  }

  private static boolean isReference(Type type) {
    return type.getSort() == Type.OBJECT;
  }
}
