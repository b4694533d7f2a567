package dev.closewait.diagnosis.bytecode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The methods of one class file. */
final class ClassCode {
  private static final int MAJOR_VERSION_OFFSET = 7;

  private final String name;
  private final boolean isBelowJdk;
  private final List<MethodCode> methods = new ArrayList<>();

  /** Names and descriptors of all methods, also of those without code. */
  private final Set<String> declared = new HashSet<>();

  private ClassCode(String name, boolean isBelowJdk) {
    this.name = name;
    this.isBelowJdk = isBelowJdk;
  }

  static ClassCode read(byte[] classFile) throws UnreadableClassException {
    try {
      ClassReader reader = reader(classFile);
      ClassCode code = new ClassCode(reader.getClassName(), isBelowJdk(reader));
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

  private static boolean isBelowJdk(ClassReader reader) {
    boolean isBelow = CallNames.isJdk(reader.getSuperName());
    for (String each : reader.getInterfaces()) {
      isBelow &= CallNames.isJdk(each);
    }
    return isBelow;
  }

  /** Internal name. */
  String name() {
    return name;
  }

  /** The method that stood at this line; the line tells overloads apart, where it can. */
  @Nullable MethodCode method(String methodName, int line) {
    MethodCode found = null;
    for (MethodCode method : methods) {
      if (method.name().equals(methodName) && method.hasLine(line)) {
        if (found != null) {
          return null;
        }
        found = method;
      }
    }
    return found;
  }

  /** The method of this class that is called; null for one of another class, or the caller. */
  @Nullable MethodCode called(Instruction call, MethodCode caller) {
    return isItself(call, caller) || call.isConstructorCall() ? null : find(call);
  }

  /** True for a method that calls itself. */
  boolean isItself(Instruction call, MethodCode caller) {
    return call.owner().equals(name)
        && call.name().equals(caller.name())
        && call.descriptor().equals(caller.descriptor());
  }

  /** True for a method that this class has from the JDK. */
  boolean inheritsFromJdk(Instruction call) {
    return isBelowJdk
        && call.owner().equals(name)
        && !declared.contains(call.name() + call.descriptor());
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
      code.declared.add(method + descriptor);
      return new MethodReader(code.methods, code.name, access, method, descriptor);
    }
  }
}
