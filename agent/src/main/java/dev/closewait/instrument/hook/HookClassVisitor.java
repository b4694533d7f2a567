package dev.closewait.instrument.hook;

import dev.closewait.instrument.hook.Hook.Edge;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Weaves the hooks of one class and leaves its other methods as they are. */
final class HookClassVisitor extends ClassVisitor {
  private final String owner;
  private final List<Hook> hooks;
  private final List<Hook> missing;

  /**
   * @param missing from which each hook is taken out that has a method in the class
   */
  HookClassVisitor(ClassVisitor next, String owner, List<Hook> hooks, List<Hook> missing) {
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
    int notWovenAccess = Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_BRIDGE;
    List<Hook> here = (access & notWovenAccess) == 0 ? hooksOf(name, descriptor) : List.of();
    if (here.isEmpty()) {
      return next;
    }
    if (here.get(0).edge() == Edge.DEFINITION) {
      return new DefinitionVisitor(next, descriptor, here.get(0).call());
    }
    boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
    return new HookMethodVisitor(next, owner, isStatic, descriptor, here);
  }

  private List<Hook> hooksOf(String name, String descriptor) {
    List<Hook> here = new ArrayList<>();
    for (Hook hook : hooks) {
      if (hook.place().is(name, descriptor)) {
        here.add(hook);
        found(hook);
      }
    }
    return here;
  }

  /**
   * By identity: the first {@code equals} of any record links the method handles for it, which took
   * a third of the agent's start.
   */
  @SuppressWarnings("ReferenceEquality")
  private void found(Hook hook) {
    for (int i = missing.size() - 1; i >= 0; i--) {
      if (missing.get(i) == hook) {
        missing.remove(i);
      }
    }
  }
}
