package dev.closewait.diagnosis.bytecode;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/**
 * Which instructions of a method follow each other, and what is known before each: from one
 * instruction on, up to those that close the connection.
 */
final class Flow {
  static final int MAX_INSTRUCTIONS = 8_000;

  private final MethodCode code;
  private final Machine machine;
  private final Budget budget;
  private final Throwing throwing;
  private final Limits limits;
  private final @Nullable State[] before;
  private final BitSet[] normal;
  private final BitSet[] thrown;
  private final BitSet pending = new BitSet();

  private Flow(MethodCode code, Machine machine, Budget budget, Limits limits) {
    if (code.size() > MAX_INSTRUCTIONS) {
      throw new Budget.ExceededException("its instructions are too many");
    }
    this.code = code;
    this.machine = machine;
    this.budget = budget;
    this.throwing = new Throwing(code);
    this.limits = limits;
    this.before = new State[code.size()];
    this.normal = new BitSet[code.size()];
    this.thrown = new BitSet[code.size()];
    for (int i = 0; i < code.size(); i++) {
      normal[i] = new BitSet();
      thrown[i] = new BitSet();
    }
  }

  /**
   * Where a flow starts and ends.
   *
   * @param start the first instruction
   * @param returns true when it may return normally
   * @param fails true when it may throw
   * @param ends instructions that are reached and not left
   * @param used the connection: known to be there and open; empty when nothing is known of it
   */
  record Limits(int start, boolean returns, boolean fails, BitSet ends, Resource used) {}

  /** Of the whole method. */
  static Flow whole(MethodCode code, Machine machine, Budget budget) {
    Limits limits = new Limits(0, true, true, new BitSet(), Resource.NONE);
    Flow first = whole(code, machine, budget, limits);
    // Again, with what the method has put into its fields.
    return machine.keepsSomething() ? whole(code, machine, budget, limits) : first;
  }

  private static Flow whole(MethodCode code, Machine machine, Budget budget, Limits limits) {
    Flow flow = new Flow(code, machine, budget, limits);
    flow.run(machine.entry());
    return flow;
  }

  /** From one instruction on, with what this flow knows before it. */
  Flow from(Limits from) {
    Flow flow = new Flow(code, machine, budget, from);
    State known = before[from.start()];
    if (known != null) {
      flow.run(known);
    }
    return flow;
  }

  /** Null when the instruction is not reached. */
  @Nullable State before(int index) {
    return before[index];
  }

  /** What follows when the instruction does what it is there for. */
  BitSet normal(int index) {
    return normal[index];
  }

  /** What follows when it throws; the size of the method stands for leaving it. */
  BitSet thrown(int index) {
    return thrown[index];
  }

  boolean isReached(int index) {
    return before[index] != null;
  }

  private void run(State entry) {
    before[limits.start()] = entry.copy();
    pending.set(limits.start());
    boolean first = true;
    while (!pending.isEmpty()) {
      int index = pending.nextSetBit(0);
      pending.clear(index);
      State state = before[index];
      budget.spend(state == null ? 0 : state.size());
      if (state != null && (first || !limits.ends().get(index))) {
        leave(index, state);
      }
      first = false;
    }
  }

  private void leave(int index, State state) {
    boolean isStart = index == limits.start();
    if (!isStart || limits.fails()) {
      for (int target : throwing.targets(index)) {
        thrown[index].set(target);
        if (target < code.size()) {
          reach(target, state.caught());
        }
      }
    }
    if (!isStart || limits.returns()) {
      State after = state.copy();
      machine.execute(index, after);
      for (int target : followers(index, state)) {
        normal[index].set(target);
        reach(target, after.copy());
      }
    }
  }

  private void reach(int index, State state) {
    State known = before[index];
    if (known == null) {
      before[index] = state;
      pending.set(index);
    } else if (known.join(state)) {
      pending.set(index);
    }
  }

  private List<Integer> followers(int index, State state) {
    Instruction instruction = code.at(index);
    List<Integer> followers = new ArrayList<>();
    if (instruction.targets().isEmpty() || instruction.isSwitch()) {
      followers.addAll(instruction.targets());
      if (!instruction.isDeadEnd()) {
        followers.add(index + 1);
      }
      return followers;
    }
    Branch branch = Branch.of(instruction, state, limits.used());
    if (branch != Branch.NEVER) {
      followers.addAll(instruction.targets());
    }
    if (branch != Branch.ALWAYS && instruction.opcode() != Opcodes.GOTO) {
      followers.add(index + 1);
    }
    return followers;
  }
}
