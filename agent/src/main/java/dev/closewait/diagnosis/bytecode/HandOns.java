package dev.closewait.diagnosis.bytecode;

import java.util.Set;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Finds where a method gives its connection to somebody else, who may close it. */
final class HandOns {
  static final String RETURNED = "returned to its caller";

  private static final Set<String> STARTS = Set.of("start", "submit", "execute", "register");

  private final ClassCode type;

  HandOns(ClassCode type) {
    this.type = type;
  }

  /**
   * The first such line; null when the connection stays in the method and in those of its class
   * that it calls.
   *
   * @param usedAt what the method is doing with it at the moment: no hand-on
   */
  @Nullable Site find(MethodCode code, Flow flow, Resource used, Set<Integer> usedAt) {
    for (int i = 0; i < code.size(); i++) {
      State before = flow.before(i);
      if (before != null && !usedAt.contains(i)) {
        String to = handedOn(code.at(i), before, used);
        MethodCode called = to == null ? type.called(code.at(i), code) : null;
        to = called == null ? to : handedOnIn(called, code.at(i), before, used);
        if (to != null) {
          return new Site(code.at(i).line(), to);
        }
      }
    }
    return null;
  }

  private @Nullable String handedOnIn(
      MethodCode called, Instruction call, State before, Resource used) {
    Resource given = Resource.givenTo(called, call, before, used);
    if (given.origins().isEmpty()) {
      return null;
    }
    Flow flow = Flow.whole(called, new Machine(called));
    for (int i = 0; i < called.size(); i++) {
      State inside = flow.before(i);
      String to = inside == null ? null : handedOn(called.at(i), inside, given);
      if (to != null && called.at(i).opcode() != Opcodes.ARETURN) {
        return to;
      }
    }
    return null;
  }

  private @Nullable String handedOn(Instruction instruction, State before, Resource used) {
    return switch (instruction.opcode()) {
      case Opcodes.ARETURN -> used.isItself(before.peek(0).origins()) ? RETURNED : null;
      case Opcodes.PUTFIELD, Opcodes.PUTSTATIC ->
          used.isItself(before.peek(0).origins())
              ? "kept in the field " + instruction.name()
              : null;
      case Opcodes.INVOKEDYNAMIC ->
          isArgument(instruction, before, used) ? "captured by a lambda" : null;
      case Opcodes.INVOKEVIRTUAL,
          Opcodes.INVOKESPECIAL,
          Opcodes.INVOKESTATIC,
          Opcodes.INVOKEINTERFACE ->
          isGiven(instruction, before, used) ? "given to " + called(instruction) : null;
      default -> null;
    };
  }

  /** A wrapper is another view, and a method of the same class has been looked into. */
  private boolean isGiven(Instruction call, State before, Resource used) {
    Value receiver = Machine.receiver(call, before);
    if (receiver != null && STARTS.contains(call.name()) && used.isItself(receiver.origins())) {
      return true;
    }
    boolean isOwn = type.hasMethod(call);
    boolean isLook = call.owner().endsWith("/Logger") || call.owner().equals("java/io/PrintStream");
    boolean isWrap = call.isConstructorCall() || isConnectionReturned(call);
    return !isOwn
        && !isLook
        && !isWrap
        && !CallNames.isConnection(call.owner())
        && isArgument(call, before, used);
  }

  private static boolean isConnectionReturned(Instruction call) {
    int start = call.descriptor().indexOf(")L");
    return start >= 0
        && CallNames.isConnection(
            call.descriptor().substring(start + 2, call.descriptor().length() - 1));
  }

  private static boolean isArgument(Instruction call, State before, Resource used) {
    for (Machine.Argument argument : Machine.arguments(call, before)) {
      if (used.isItself(argument.value().origins())) {
        return true;
      }
    }
    return false;
  }

  private static String called(Instruction call) {
    int start = Math.max(call.owner().lastIndexOf('/'), call.owner().lastIndexOf('$')) + 1;
    return call.owner().substring(start) + "." + call.name();
  }
}
