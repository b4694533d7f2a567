package dev.closewait.diagnosis.bytecode;

import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Finds where a method gives the connection to somebody else, who may close it. */
final class Giving {
  private final OwnMethods own;
  private final MethodCode code;
  private final Flow whole;
  private final Resource used;
  private final Set<Integer> usedAt;

  /**
   * @param usedAt calls that are the use itself: what they are given is not looked at
   */
  Giving(OwnMethods own, MethodCode code, Flow whole, Resource used, Set<Integer> usedAt) {
    this.own = own;
    this.code = code;
    this.whole = whole;
    this.used = used;
    this.usedAt = usedAt;
  }

  /**
   * The first line that does it; null when none does.
   *
   * @param among the instructions that count
   * @param collections true when what is only put into a collection counts
   */
  @Nullable Site first(IntPredicate among, boolean collections) {
    Site handed = null;
    for (int i = 0; i < code.size(); i++) {
      String to = among.test(i) ? at(i, collections) : null;
      if (to != null && !code.at(i).isConstructorCall()) {
        return new Site(code.at(i).line(), to);
      }
      // Where the new object goes says more.
      handed = to == null || handed != null ? handed : new Site(code.at(i).line(), to);
    }
    return handed;
  }

  /** Null for an instruction that does not. */
  @Nullable String at(int index) {
    return at(index, true);
  }

  private @Nullable String at(int index, boolean collections) {
    State before = whole.before(index);
    Instruction instruction = code.at(index);
    if (before == null || usedAt.contains(index) || makesView(instruction, before)) {
      return null;
    }
    if (instruction.opcode() == Opcode.ARETURN) {
      return used.isItself(before.peek(0).origins()) ? MethodLook.RETURNED : null;
    }
    Effects effects = own.at(code, index, before);
    String to = effects.handsOn(used);
    return to == null && collections ? effects.collects(used) : to;
  }

  /** True when the method puts it into a collection. */
  boolean isCollected() {
    for (int i = 0; i < code.size(); i++) {
      State before = whole.before(i);
      if (before != null && !usedAt.contains(i) && own.at(code, i, before).collects(used) != null) {
        return true;
      }
    }
    return false;
  }

  /** True for the constructor of the object through which the connection is used at the line. */
  private boolean makesView(Instruction call, State before) {
    Value receiver = call.isConstructorCall() ? Machine.receiver(call, before) : null;
    return receiver != null && used.isItself(receiver.origins());
  }
}
