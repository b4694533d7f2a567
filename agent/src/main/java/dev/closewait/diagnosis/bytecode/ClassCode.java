package dev.closewait.diagnosis.bytecode;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** The methods of one class file. */
final class ClassCode {
  private static final int MAJOR_VERSION_OFFSET = 7;

  /** A generated class of that size would cost more than its answer is worth. */
  private static final int MAX_BYTES = 2_000_000;

  private final String name;
  private final List<MethodCode> methods = new ArrayList<>();

  private ClassCode(String name) {
    this.name = name;
  }

  static ClassCode read(byte[] classFile) throws UnreadableClassException {
    if (classFile.length > MAX_BYTES) {
      throw new UnreadableClassException(classFile.length + " bytes are too many");
    }
    try {
      ClassReader reader = reader(classFile);
      ClassCode code = new ClassCode(reader.getClassName());
      reader.accept(new MethodsVisitor(code), ClassReader.SKIP_FRAMES);
      return code;
    } catch (RuntimeException e) {
      throw new UnreadableClassException(e.toString());
    }
  }

  /** Reads also the class files of a JDK that is newer than this ASM, as far as they look alike. */
  static ClassReader reader(byte[] classFile) {
    if (classFile[MAJOR_VERSION_OFFSET] <= Opcodes.V28) {
      return new ClassReader(classFile);
    }
    byte[] older = classFile.clone();
    older[MAJOR_VERSION_OFFSET] = Opcodes.V28;
    return new ClassReader(older);
  }

  /** Internal name. */
  String name() {
    return name;
  }

  /** The method that stood at this line; the line tells overloads apart. */
  @Nullable MethodCode method(String methodName, int line) {
    for (MethodCode method : methods) {
      if (method.name().equals(methodName) && method.hasLine(line)) {
        return method;
      }
    }
    return null;
  }

  /** The method of this class that is called; null for one of another class, or the caller. */
  @Nullable MethodCode called(Instruction call, MethodCode caller) {
    boolean isSame =
        call.name().equals(caller.name()) && call.descriptor().equals(caller.descriptor());
    return isSame || call.isConstructorCall() ? null : find(call);
  }

  boolean hasMethod(Instruction call) {
    return find(call) != null;
  }

  private @Nullable MethodCode find(Instruction call) {
    if (call.owner().equals(name)) {
      for (MethodCode method : methods) {
        if (method.name().equals(call.name()) && method.descriptor().equals(call.descriptor())) {
          return method;
        }
      }
    }
    return null;
  }

  private static final class MethodsVisitor extends ClassVisitor {
    private final ClassCode code;

    MethodsVisitor(ClassCode code) {
      super(Opcodes.ASM9);
      this.code = code;
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String method,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      return new MethodReader(code.methods, code.name, access, method, descriptor);
    }
  }
}
