package dev.closewait.instrument.client;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** One method of a class file, and which of its parameters it overwrites. */
final class MethodShape extends MethodVisitor {
  private static final String CONSTRUCTOR = "<init>";

  private final String name;
  private final String descriptor;
  private final boolean isStatic;
  private final boolean[] overwritten;

  MethodShape(String name, String descriptor, boolean isStatic) {
    super(Opcodes.ASM9);
    this.name = name;
    this.descriptor = descriptor;
    this.isStatic = isStatic;
    this.overwritten = new boolean[1 + (Type.getArgumentsAndReturnSizes(descriptor) >> 2)];
  }

  @Override
  public void visitVarInsn(int opcode, int local) {
    if (opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE) {
      overwrite(local);
      if (opcode == Opcodes.LSTORE || opcode == Opcodes.DSTORE) {
        overwrite(local + 1);
      }
    }
  }

  private void overwrite(int local) {
    if (local < overwritten.length) {
      overwritten[local] = true;
    }
  }

  String name() {
    return name;
  }

  String descriptor() {
    return descriptor;
  }

  boolean returnsReference() {
    return isReference(Type.getReturnType(descriptor).getDescriptor());
  }

  /** Before the other constructor has run, a constructor may not pass its object on. */
  boolean hasThis(boolean atReturn) {
    return !isStatic && !overwritten[0] && (atReturn || !name.equals(CONSTRUCTOR));
  }

  /** A parameter that is overwritten holds something else at the return, maybe no reference. */
  boolean hasReference(int index, boolean atReturn) {
    Type[] parameters = Type.getArgumentTypes(descriptor);
    if (index >= parameters.length || !isReference(parameters[index].getDescriptor())) {
      return false;
    }
    int local = isStatic ? 0 : 1;
    for (int i = 0; i < index; i++) {
      local += parameters[i].getSize();
    }
    return !atReturn || !overwritten[local];
  }

  static boolean isReference(String descriptor) {
    return descriptor.startsWith("L") || descriptor.startsWith("[");
  }
}
