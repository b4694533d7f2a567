package dev.closewait.instrument.netty;

import dev.closewait.instrument.hook.HookedClass;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What a class file declares: tells a class of Netty from one of the same name elsewhere. */
final class ClassShape extends ClassVisitor {
  private final Set<String> members = new HashSet<>();
  private String superclass = "";

  private ClassShape() {
    super(Opcodes.ASM9);
  }

  static ClassShape of(byte[] classFile) {
    ClassShape shape = new ClassShape();
    HookedClass.reader(classFile)
        .accept(shape, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return shape;
  }

  /** Internal name. */
  String superclass() {
    return superclass;
  }

  /**
   * @param member name and descriptor, as in {@code close()V} or {@code channelLio/netty/Channel;}
   */
  boolean declares(String member) {
    return members.contains(member);
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      @Nullable String signature,
      @Nullable String superName,
      String @Nullable [] interfaces) {
    superclass = superName == null ? "" : superName;
  }

  @Override
  public @Nullable FieldVisitor visitField(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      @Nullable Object value) {
    members.add(name + descriptor);
    return null;
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    members.add(name + descriptor);
    return null;
  }
}
