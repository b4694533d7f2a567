package dev.closewait.instrument.client;

import dev.closewait.instrument.hook.Hook;
import dev.closewait.instrument.hook.Hook.Call;
import dev.closewait.instrument.hook.Hook.Edge;
import dev.closewait.instrument.hook.Hook.Features;
import dev.closewait.instrument.hook.Hook.Operand;
import dev.closewait.instrument.hook.Hook.Place;
import dev.closewait.instrument.hook.HookedClass;
import dev.closewait.library.LibraryMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The fields and methods of one class file: tells which hooks can be woven into it without breaking
 * it.
 */
final class ClassShape extends ClassVisitor {
  private static final String HOOKS = "java/net/CloseWaitClients";
  private static final String OBJECT = "Ljava/lang/Object;";
  private static final int NOT_WOVEN =
      Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_BRIDGE;

  /** Any JDK has them, as far as the hooks of a library are concerned. */
  private static final Features ANY = new Features(0, Integer.MAX_VALUE, false);

  private final Map<String, String> fields = new HashMap<>();
  private final List<MethodShape> methods = new ArrayList<>();

  private ClassShape() {
    super(Opcodes.ASM9);
  }

  static ClassShape of(byte[] classFile) {
    ClassShape shape = new ClassShape();
    HookedClass.reader(classFile).accept(shape, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return shape;
  }

  @Override
  public @Nullable FieldVisitor visitField(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      @Nullable Object value) {
    if ((access & Opcodes.ACC_STATIC) == 0) {
      fields.put(name, descriptor);
    }
    return null;
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    if ((access & NOT_WOVEN) != 0) {
      return null;
    }
    MethodShape method = new MethodShape(name, descriptor, (access & Opcodes.ACC_STATIC) != 0);
    methods.add(method);
    return method;
  }

  /**
   * The hooks for those of {@code wanted} that the class has with all their operands.
   *
   * @param owner internal name of the class
   */
  List<Hook> hooks(String owner, List<LibraryMethod> wanted) {
    List<Hook> hooks = new ArrayList<>();
    for (LibraryMethod row : wanted) {
      for (MethodShape method : methods) {
        List<Operand> operands =
            row.is(method.name(), method.descriptor()) ? operands(row, method) : null;
        if (operands != null) {
          Place place = new Place(owner, method.name(), method.descriptor());
          Edge edge = row.atReturn() ? Edge.RETURN : Edge.ENTRY;
          hooks.add(new Hook(place, edge, call(row, operands), ANY));
        }
      }
    }
    return hooks;
  }

  private static Call call(LibraryMethod row, List<Operand> operands) {
    LibraryMethod.Event event = row.event();
    String objects = event.operands() == 1 ? OBJECT : OBJECT + OBJECT;
    if (event.passesRow()) {
      operands.add(Operand.number(row.row()));
      return new Call(HOOKS, event.hook(), "(" + objects + "I)V", operands);
    }
    return new Call(HOOKS, event.hook(), "(" + objects + ")V", operands);
  }

  /** Null when one of them is not there, or is no reference. */
  private @Nullable List<Operand> operands(LibraryMethod row, MethodShape method) {
    List<Operand> operands = new ArrayList<>();
    for (String word : row.operands()) {
      Operand operand = operand(word, row.atReturn(), method);
      if (operand == null) {
        return null;
      }
      operands.add(operand);
    }
    return operands;
  }

  private @Nullable Operand operand(String word, boolean atReturn, MethodShape method) {
    if (word.equals("result")) {
      return atReturn && method.returnsReference() ? Operand.RESULT : null;
    }
    if (word.startsWith("arg")) {
      int index = Integer.parseInt(word.substring("arg".length()));
      return method.hasReference(index, atReturn) ? Operand.argument(index) : null;
    }
    if (!method.hasThis(atReturn)) {
      return null;
    }
    if (word.equals("this")) {
      return Operand.THIS;
    }
    String field = word.substring("this.".length());
    String descriptor = fields.get(field);
    return descriptor == null || !MethodShape.isReference(descriptor)
        ? null
        : Operand.field(field, descriptor);
  }
}
