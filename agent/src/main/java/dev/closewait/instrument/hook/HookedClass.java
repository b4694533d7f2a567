package dev.closewait.instrument.hook;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** The class file of one woven class: puts its hooks in. */
public final class HookedClass {
  private static final int MAJOR_VERSION_OFFSET = 7;

  private HookedClass() {}

  /**
   * A class file with its hooks in it.
   *
   * @param missing the required hooks that it has no method for
   */
  @SuppressWarnings("ArrayRecordComponent") // handed to the JVM as it is
  public record Woven(byte[] classFile, List<Hook> missing) {}

  /** Puts in all {@code hooks} that the class file has a method for. */
  public static Woven weave(String owner, byte[] classFile, List<Hook> hooks) {
    ClassReader reader = reader(classFile);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    List<Hook> missing = required(hooks);
    reader.accept(new HookClassVisitor(writer, owner, hooks, missing), 0);
    return new Woven(writtenAs(classFile, writer), missing);
  }

  private static List<Hook> required(List<Hook> hooks) {
    List<Hook> required = new ArrayList<>();
    for (Hook hook : hooks) {
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
  public static ClassReader reader(byte[] classFile) {
    if (classFile[MAJOR_VERSION_OFFSET] <= Opcodes.V28) {
      return new ClassReader(classFile);
    }
    byte[] older = classFile.clone();
    older[MAJOR_VERSION_OFFSET] = Opcodes.V28;
    return new ClassReader(older);
  }

  /** What was written, of the version that {@link #reader} may have changed. */
  public static byte[] writtenAs(byte[] original, ClassWriter writer) {
    byte[] written = writer.toByteArray();
    System.arraycopy(original, MAJOR_VERSION_OFFSET - 1, written, MAJOR_VERSION_OFFSET - 1, 2);
    return written;
  }
}
