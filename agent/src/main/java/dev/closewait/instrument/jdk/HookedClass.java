package dev.closewait.instrument.jdk;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** The class file of one woven class: puts its hooks in, and finds out which are in. */
public final class HookedClass {
  private static final int MAJOR_VERSION_OFFSET = 7;

  private HookedClass() {}

  /**
   * A class file with its hooks in it.
   *
   * @param missing the required hooks that it has no method for
   */
  @SuppressWarnings("ArrayRecordComponent") // handed to the JVM as it is
  public record Woven(byte[] classFile, List<JdkHook> missing) {}

  /** Puts in all {@code hooks} that the class file has a method for. */
  public static Woven weave(String owner, byte[] classFile, List<JdkHook> hooks) {
    ClassReader reader = reader(classFile);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    List<JdkHook> missing = required(hooks);
    reader.accept(new HookClassVisitor(writer, owner, hooks, missing), 0);
    byte[] woven = writer.toByteArray();
    System.arraycopy(classFile, MAJOR_VERSION_OFFSET - 1, woven, MAJOR_VERSION_OFFSET - 1, 2);
    return new Woven(woven, missing);
  }

  /** Those of the required {@code hooks} that the class file does not call. */
  public static List<JdkHook> missing(byte[] classFile, List<JdkHook> hooks) {
    List<JdkHook> missing = required(hooks);
    reader(classFile).accept(new CallFinder(missing), ClassReader.SKIP_DEBUG);
    return missing;
  }

  private static List<JdkHook> required(List<JdkHook> hooks) {
    List<JdkHook> required = new ArrayList<>();
    for (JdkHook hook : hooks) {
      if (hook.isRequired()) {
        required.add(hook);
      }
    }
    return required;
  }

  /**
   * Reads also the class files of a JDK that is newer than this ASM: what the few woven methods use
   * has not changed since 17, and anything unknown fails while reading.
   */
  private static ClassReader reader(byte[] classFile) {
    if (classFile[MAJOR_VERSION_OFFSET] <= Opcodes.V28) {
      return new ClassReader(classFile);
    }
    byte[] older = classFile.clone();
    older[MAJOR_VERSION_OFFSET] = Opcodes.V28;
    return new ClassReader(older);
  }

  private static final class CallFinder extends ClassVisitor {
    private final List<JdkHook> missing;

    CallFinder(List<JdkHook> missing) {
      super(Opcodes.ASM9);
      this.missing = missing;
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitMethodInsn(
            int opcode,
            String callee,
            String called,
            String calledDescriptor,
            boolean isInterface) {
          if (callee.equals(JdkHook.HOOKS)) {
            found(name, descriptor, called);
          }
        }
      };
    }

    private void found(String method, String descriptor, String called) {
      for (int i = missing.size() - 1; i >= 0; i--) {
        JdkHook hook = missing.get(i);
        if (hook.call().hook().equals(called) && hook.place().is(method, descriptor)) {
          missing.remove(i);
        }
      }
    }
  }
}
