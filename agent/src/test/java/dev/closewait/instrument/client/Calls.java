package dev.closewait.instrument.client;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Reads the calls of the runtime half out of a class file. */
final class Calls extends ClassVisitor {
  private static final String HOOKS = "java/net/CloseWaitClients";

  private final List<Call> calls = new ArrayList<>();

  private Calls() {
    super(Opcodes.ASM9);
  }

  /**
   * One call.
   *
   * @param method that it stands in
   * @param operands what was loaded since the last instruction of another kind
   */
  record Call(String method, String hook, String descriptor, String operands) {}

  static List<Call> in(byte[] classFile) {
    Calls found = new Calls();
    new ClassReader(classFile).accept(found, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return found.calls;
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    return new Loads(name);
  }

  private final class Loads extends MethodVisitor {
    private final String method;
    private String loaded = "";

    Loads(String method) {
      super(Opcodes.ASM9);
      this.method = method;
    }

    @Override
    public void visitVarInsn(int opcode, int local) {
      loaded = opcode == Opcodes.ALOAD ? loaded + " local" + local : "";
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      loaded = opcode == Opcodes.GETFIELD ? loaded + "." + name : "";
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
      loaded = loaded + " " + operand;
    }

    @Override
    public void visitInsn(int opcode) {
      loaded = opcode == Opcodes.DUP ? " result" : "";
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      loaded = "";
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      if (owner.equals(HOOKS)) {
        calls.add(new Call(method, name, descriptor, loaded.strip()));
      }
      loaded = "";
    }
  }
}
