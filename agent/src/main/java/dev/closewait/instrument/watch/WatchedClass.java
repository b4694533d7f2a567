package dev.closewait.instrument.watch;

import dev.closewait.instrument.hook.HookedClass;
import java.net.CloseWaitWatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The class file of one class with watched methods: puts the calls in. */
final class WatchedClass {
  /**
   * The JIT leaves longer methods to the interpreter ({@code HugeMethodLimit} in HotSpot's
   * globals.hpp, 17 to 25): no method may become one of them.
   */
  private static final int HUGE_METHOD_BYTES = 8000;

  private static final int MAJOR_VERSION_OFFSET = 7;

  private final String className;
  private final byte[] classFile;
  private final Set<String> methods;
  private final List<String> obstacles = new ArrayList<>();

  private WatchedClass(String className, byte[] classFile, Set<String> methods) {
    this.className = className;
    this.classFile = classFile;
    this.methods = methods;
  }

  /**
   * A class file with the calls in it.
   *
   * @param classFile null when no method could be watched
   * @param obstacles which methods could not be watched and why
   */
  @SuppressWarnings("ArrayRecordComponent") // handed to the JVM as it is
  record Woven(byte @Nullable [] classFile, List<String> obstacles) {}

  /**
   * @param className with dots
   * @param frames in the methods that are to be watched
   */
  static Woven weave(String className, byte[] classFile, Set<StackTraceElement> frames) {
    Set<String> methods = new HashSet<>(MethodLines.find(HookedClass.reader(classFile), frames));
    WatchedClass watched = new WatchedClass(className, classFile, methods);
    if (methods.isEmpty()) {
      watched.obstacles.add(className + " has no such method any more: it was changed");
    }
    byte[] woven = watched.weave();
    return new Woven(woven, watched.obstacles);
  }

  /** A method that would become too long is taken out, and all is done again. */
  private byte @Nullable [] weave() {
    while (!methods.isEmpty()) {
      ClassReader reader = HookedClass.reader(classFile);
      ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
      ClassExits exits = new ClassExits(writer);
      try {
        reader.accept(exits, 0);
        byte[] written = HookedClass.writtenAs(classFile, writer);
        if (!takeOutHuge(exits)) {
          return written;
        }
      } catch (MethodTooLargeException e) {
        takeOut(e.getMethodName(), e.getMethodName() + e.getDescriptor());
      }
    }
    return null;
  }

  private boolean takeOutHuge(ClassExits exits) {
    boolean found = false;
    for (Exits method : exits.woven) {
      int length = method.visitor().codeBytes();
      if (length > HUGE_METHOD_BYTES
          && length - method.visitor().addedBytes() <= HUGE_METHOD_BYTES) {
        takeOut(method.name(), method.name() + method.descriptor());
        found = true;
      }
    }
    return found;
  }

  private void takeOut(String name, String nameAndDescriptor) {
    methods.remove(nameAndDescriptor);
    obstacles.add(className + "." + name + " is too long to be watched");
  }

  private record Exits(String name, String descriptor, ExitVisitor visitor) {}

  private final class ClassExits extends ClassVisitor {
    final List<Exits> woven = new ArrayList<>();
    private @Nullable String file;

    ClassExits(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitSource(@Nullable String source, @Nullable String debug) {
      file = source;
      super.visitSource(source, debug);
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      if (next == null || !methods.contains(name + descriptor)) {
        return next;
      }
      int number = CloseWaitWatch.number(new StackTraceElement(className, name, file, -1));
      ExitVisitor visitor =
          new ExitVisitor(next, name, number, classFile[MAJOR_VERSION_OFFSET] & 0xff);
      woven.add(new Exits(name, descriptor, visitor));
      return visitor;
    }
  }
}
