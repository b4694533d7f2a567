package dev.closewait.diagnosis.bytecode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Collects the instructions of one method. */
final class MethodReader extends MethodVisitor {
  private static final int NOT_OVERRIDABLE =
      Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL;

  private final List<MethodCode> read;
  private final String owner;
  private final int access;
  private final String method;
  private final String descriptor;
  private final List<Instruction> instructions = new ArrayList<>();
  private final List<List<Label>> jumps = new ArrayList<>();
  private final Map<Label, Integer> positions = new HashMap<>();
  private final List<LabelledGuard> guards = new ArrayList<>();
  private int line = -1;
  private int maxLocals;

  /**
   * @param read where the method goes when it has code
   * @param owner internal name of its class
   */
  MethodReader(List<MethodCode> read, String owner, int access, String method, String descriptor) {
    super(Opcodes.ASM9);
    this.read = read;
    this.owner = owner;
    this.access = access;
    this.method = method;
    this.descriptor = descriptor;
  }

  private record LabelledGuard(Label from, Label to, Label handler, String type) {}

  @Override
  public void visitEnd() {
    if (!instructions.isEmpty()) {
      read.add(code());
    }
  }

  private MethodCode code() {
    List<Instruction> resolved = new ArrayList<>();
    for (int i = 0; i < instructions.size(); i++) {
      resolved.add(instructions.get(i).jumpingTo(indexes(jumps.get(i))));
    }
    List<MethodCode.Guard> resolvedGuards = new ArrayList<>();
    for (LabelledGuard guard : guards) {
      resolvedGuards.add(
          new MethodCode.Guard(
              index(guard.from()), index(guard.to()), index(guard.handler()), guard.type()));
    }
    return new MethodCode(
        owner,
        method,
        descriptor,
        (access & Opcodes.ACC_STATIC) != 0,
        (access & NOT_OVERRIDABLE) == 0,
        maxLocals,
        resolved,
        resolvedGuards);
  }

  private List<Integer> indexes(List<Label> labels) {
    List<Integer> indexes = new ArrayList<>();
    for (Label label : labels) {
      indexes.add(index(label));
    }
    return indexes;
  }

  private int index(Label label) {
    return positions.getOrDefault(label, instructions.size());
  }

  @Override
  public void visitLabel(Label label) {
    positions.put(label, instructions.size());
  }

  @Override
  public void visitLineNumber(int number, Label start) {
    line = number;
  }

  @Override
  public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
    guards.add(new LabelledGuard(start, end, handler, type == null ? "" : type));
  }

  @Override
  public void visitInsn(int opcode) {
    add(opcode, 0, "", "", "");
  }

  @Override
  public void visitIntInsn(int opcode, int operand) {
    add(opcode, operand, "", "", "");
  }

  @Override
  public void visitVarInsn(int opcode, int variable) {
    add(opcode, variable, "", "", "");
  }

  @Override
  public void visitIincInsn(int variable, int increment) {
    add(Opcodes.IINC, variable, "", "", "");
  }

  @Override
  public void visitTypeInsn(int opcode, String type) {
    add(opcode, 0, type, "", "");
  }

  @Override
  public void visitFieldInsn(int opcode, String type, String name, String fieldDescriptor) {
    add(opcode, 0, type, name, fieldDescriptor);
  }

  @Override
  public void visitMethodInsn(
      int opcode, String type, String name, String called, boolean isInterface) {
    add(opcode, 0, type, name, called);
  }

  @Override
  public void visitInvokeDynamicInsn(
      String name, String called, Handle bootstrap, Object... arguments) {
    add(Opcodes.INVOKEDYNAMIC, 0, bootstrap.getOwner(), name, called);
  }

  @Override
  public void visitLdcInsn(Object value) {
    boolean isWide = value instanceof Long || value instanceof Double;
    add(Opcodes.LDC, isWide ? 2 : 1, "", "", "");
  }

  @Override
  public void visitMultiANewArrayInsn(String type, int dimensions) {
    add(Opcodes.MULTIANEWARRAY, dimensions, type, "", "");
  }

  @Override
  public void visitJumpInsn(int opcode, Label target) {
    add(opcode, 0, "", "", "");
    jumps.set(jumps.size() - 1, List.of(target));
  }

  @Override
  public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
    visitSwitch(Opcodes.TABLESWITCH, otherwise, labels);
  }

  @Override
  public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
    visitSwitch(Opcodes.LOOKUPSWITCH, otherwise, labels);
  }

  private void visitSwitch(int opcode, Label otherwise, Label[] labels) {
    add(opcode, 0, "", "", "");
    List<Label> targets = new ArrayList<>(List.of(labels));
    targets.add(otherwise);
    jumps.set(jumps.size() - 1, targets);
  }

  @Override
  public void visitMaxs(int maxStack, int locals) {
    maxLocals = locals;
  }

  /** Of a method that is too long, no more than shows that it is. */
  private void add(int opcode, int operand, String type, String name, String described) {
    if (instructions.size() > Flow.MAX_INSTRUCTIONS) {
      return;
    }
    instructions.add(new Instruction(opcode, line, operand, type, name, described, List.of()));
    jumps.add(List.of());
  }
}
