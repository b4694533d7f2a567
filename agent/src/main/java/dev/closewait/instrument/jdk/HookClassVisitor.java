package dev.closewait.instrument.jdk;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Weaves the hooks of one class and leaves its other methods as they are. */
final class HookClassVisitor extends ClassVisitor {
  private final String owner;
  private final List<JdkHook> hooks;
  private final List<JdkHook> missing;

  /**
   * @param missing from which each hook is taken out that has a method in the class
   */
  HookClassVisitor(ClassVisitor next, String owner, List<JdkHook> hooks, List<JdkHook> missing) {
    super(Opcodes.ASM9, next);
    this.owner = owner;
    this.hooks = hooks;
    this.missing = missing;
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
    int notWovenAccess =
        Opcodes.ACC_STATIC | Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_BRIDGE;
    List<JdkHook> here = (access & notWovenAccess) == 0 ? hooksOf(name, descriptor) : List.of();
    return here.isEmpty() ? next : new HookMethodVisitor(next, owner, descriptor, here);
  }

  private List<JdkHook> hooksOf(String name, String descriptor) {
    List<JdkHook> here = new ArrayList<>();
    for (JdkHook hook : hooks) {
      if (hook.place().is(name, descriptor)) {
        here.add(hook);
        missing.remove(hook);
      }
    }
    return here;
  }
}
