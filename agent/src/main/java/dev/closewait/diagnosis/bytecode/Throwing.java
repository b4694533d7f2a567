package dev.closewait.diagnosis.bytecode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where an exception takes a method from one of its instructions. */
final class Throwing {
  private static final Set<String> EVERYTHING =
      Set.of("", "java/lang/Throwable", "java/lang/Exception");

  private static final String RUNTIME_EXCEPTION = "java/lang/RuntimeException";

  private static final Set<String> UNCHECKED_AND_IO =
      Set.of(RUNTIME_EXCEPTION, "java/io/IOException");

  private final MethodCode code;

  Throwing(MethodCode code) {
    this.code = code;
  }

  /**
   * The handlers that may be entered, and the size of the method when the exception may leave it;
   * empty for an instruction that does not throw. Errors of the JVM and of the programmer, such as
   * a null where none may be, are left out: every line has them.
   */
  List<Integer> targets(int index) {
    List<Integer> targets = new ArrayList<>();
    Instruction instruction = code.at(index);
    if (!throwsSomething(instruction)) {
      return targets;
    }
    boolean onlyIo = instruction.isCall() && SafeCalls.throwsOnlyIoException(instruction);
    Set<String> caught = new HashSet<>();
    for (MethodCode.Guard guard : code.guards()) {
      if (guard.covers(index) && mayCatch(guard.type(), onlyIo)) {
        targets.add(guard.handler());
        caught.add(guard.type());
        if (catchesAll(guard.type(), onlyIo) || caught.containsAll(UNCHECKED_AND_IO)) {
          return targets;
        }
      }
    }
    targets.add(code.size());
    return targets;
  }

  /**
   * True for an instruction that can meet a null, an index, a class or a zero that it should not.
   */
  static boolean mayErr(Instruction instruction) {
    int opcode = instruction.opcode();
    return (opcode >= Opcode.IALOAD && opcode <= Opcode.SALOAD)
        || (opcode >= Opcode.IASTORE && opcode <= Opcode.SASTORE)
        || Opcode.isDivision(opcode)
        || (opcode >= Opcode.GETFIELD && opcode <= Opcode.INVOKEDYNAMIC)
        || (opcode >= Opcode.NEWARRAY && opcode <= Opcode.CHECKCAST)
        || opcode == Opcode.MONITORENTER
        || opcode == Opcode.MULTIANEWARRAY;
  }

  /** True for all that can throw anything, also because a class or memory is missing. */
  static boolean mayThrow(Instruction instruction) {
    int opcode = instruction.opcode();
    return mayErr(instruction)
        || opcode == Opcode.LDC
        || (opcode >= Opcode.GETSTATIC && opcode < Opcode.IFNULL);
  }

  /** Where such an error may be handled; with the size of the method where it may leave it. */
  static List<Integer> errorTargets(MethodCode code, int index) {
    List<Integer> targets = new ArrayList<>();
    for (MethodCode.Guard guard : code.guards()) {
      if (guard.covers(index) && mayCatch(guard.type(), false) && !isIoException(guard.type())) {
        targets.add(guard.handler());
        if (EVERYTHING.contains(guard.type()) || guard.type().equals(RUNTIME_EXCEPTION)) {
          return targets;
        }
      }
    }
    targets.add(code.size());
    return targets;
  }

  private static boolean throwsSomething(Instruction instruction) {
    return instruction.opcode() == Opcode.ATHROW
        || (instruction.isCall() && !SafeCalls.neverThrows(instruction));
  }

  private static boolean catchesAll(String type, boolean onlyIo) {
    return EVERYTHING.contains(type) || (onlyIo && type.equals("java/io/IOException"));
  }

  private static boolean mayCatch(String type, boolean onlyIo) {
    return catchesAll(type, onlyIo)
        || (onlyIo ? isIoException(type) : !type.endsWith("Error") && !isIgnored(type));
  }

  /** What an interrupt or a timer throws says nothing about the connection. */
  private static boolean isIgnored(String type) {
    return type.equals("java/lang/InterruptedException");
  }

  private static boolean isIoException(String type) {
    return type.startsWith("java/io/")
        || type.startsWith("java/net/")
        || type.startsWith("java/nio/")
        || type.startsWith("javax/net/");
  }
}
