package dev.closewait.diagnosis.bytecode;

import java.util.BitSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a method may return without having called what closes the connection.
 *
 * <p>Here, everything may throw everything: what is found is said as a fact.
 */
final class ReturnSearch {
  private final MethodCode code;
  private final Flow whole;
  private final Resource used;

  ReturnSearch(MethodCode code, Flow whole, Resource used) {
    this.code = code;
    this.whole = whole;
    this.used = used;
  }

  /**
   * What was called on each way to a return, such as {@code Session.close}. Null where a return may
   * come without, where it is one of several, and where it is the JDK's, which does close.
   *
   * @param usedAt where the ways begin
   * @param closes the calls that close
   */
  @Nullable String calledBeforeReturn(Set<Integer> usedAt, Set<Integer> closes) {
    Set<String> called = new TreeSet<>();
    for (int close : closes) {
      Instruction call = code.at(close);
      if (CallNames.isJdk(call.owner())) {
        return null;
      }
      called.add(call.owner().substring(call.owner().lastIndexOf('/') + 1) + "." + call.name());
    }
    return called.size() != 1 || mayReturnWithout(usedAt, closes) ? null : called.iterator().next();
  }

  private boolean mayReturnWithout(Set<Integer> usedAt, Set<Integer> closes) {
    BitSet seen = new BitSet();
    BitSet pending = new BitSet();
    usedAt.forEach(index -> pending.or(followers(index)));
    for (int i = pending.nextSetBit(0); i >= 0; i = pending.nextSetBit(0)) {
      pending.clear(i);
      if (!seen.get(i) && !closes.contains(i)) {
        seen.set(i);
        if (code.at(i).isReturn()) {
          return true;
        }
        pending.or(followers(i));
      }
    }
    return false;
  }

  private BitSet followers(int index) {
    BitSet followers = new BitSet();
    Instruction instruction = code.at(index);
    Branch branch = nullTest(index);
    if (branch != Branch.NEVER) {
      instruction.targets().forEach(followers::set);
    }
    if (branch != Branch.ALWAYS && !instruction.isDeadEnd()) {
      followers.set(index + 1);
    }
    if (Throwing.mayThrow(instruction)) {
      for (MethodCode.Guard guard : code.guards()) {
        if (guard.covers(index)) {
          followers.set(guard.handler());
          if (guard.type().isEmpty() || guard.type().equals("java/lang/Throwable")) {
            break;
          }
        }
      }
    }
    return followers;
  }

  /** The compiler asks whether there is something before it closes that. */
  private Branch nullTest(int index) {
    Instruction instruction = code.at(index);
    State before = whole.before(index);
    boolean isNullTest =
        instruction.opcode() == Opcode.IFNULL || instruction.opcode() == Opcode.IFNONNULL;
    return isNullTest && before != null && used.isItself(before.peek(0).origins())
        ? Branch.of(instruction, before, used)
        : Branch.EITHER;
  }
}
