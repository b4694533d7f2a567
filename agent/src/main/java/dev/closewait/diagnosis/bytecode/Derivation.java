package dev.closewait.diagnosis.bytecode;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/** What the result of a call has to do with what the call was given. */
final class Derivation {
  private Derivation() {}

  /**
   * Of a constructor: {@code new BufferedReader(reader)} is another view of what its reader reads.
   */
  static Set<Origin> wrapped(List<Machine.Argument> arguments) {
    Set<Origin> connections = origins(arguments, true);
    return connections.isEmpty() ? origins(arguments, false) : connections;
  }

  private static Set<Origin> origins(List<Machine.Argument> arguments, boolean onlyConnections) {
    Set<Origin> origins = new HashSet<>();
    for (Machine.Argument argument : arguments) {
      boolean counts =
          onlyConnections
              ? CallNames.isConnection(argument.type())
              : CallNames.mayHoldConnection(argument.type());
      if (counts) {
        origins.addAll(argument.value().origins());
      }
    }
    return origins;
  }

  /** A view of the same connection where class and names say so, otherwise something new. */
  static Value result(
      int index, Instruction call, @Nullable Value receiver, List<Machine.Argument> arguments) {
    Set<Origin> origins = new HashSet<>();
    if (call.opcode() == Opcodes.INVOKEDYNAMIC) {
      for (Machine.Argument captured : arguments) {
        origins.addAll(captured.value().origins());
      }
      origins.remove(Origin.THIS);
    } else if (CallNames.isConnection(returnedType(call))) {
      if (receiver != null && CallNames.isView(call)) {
        origins.addAll(receiver.origins());
      }
      origins.addAll(origins(arguments, true));
    } else if (receiver != null && isEntityOf(call)) {
      origins.addAll(receiver.origins());
    }
    return origins.isEmpty() ? Value.from(Origin.site(index)) : Value.from(origins);
  }

  /** The body of a response is closed in its stead, and so is what is attached to a key. */
  private static boolean isEntityOf(Instruction call) {
    return CallNames.isView(call)
        && (returnedType(call).endsWith("Entity")
            || returnedType(call).endsWith("Body")
            || call.name().equals("attachment"));
  }

  private static String returnedType(Instruction call) {
    int start = call.descriptor().indexOf(")L");
    return start < 0 ? "" : call.descriptor().substring(start + 2, call.descriptor().length() - 1);
  }

  /** Whether {@code isOpen()} or {@code isClosed()} was asked, and of what. */
  static Value test(Instruction call, @Nullable Value receiver) {
    if (receiver == null || receiver.origins().isEmpty()) {
      return Value.ANYTHING;
    }
    if (CallNames.testsOpen(call)) {
      return new Value(receiver.origins(), Value.Known.OPEN_TEST, 0);
    }
    return CallNames.testsClosed(call)
        ? new Value(receiver.origins(), Value.Known.CLOSED_TEST, 0)
        : Value.ANYTHING;
  }
}
