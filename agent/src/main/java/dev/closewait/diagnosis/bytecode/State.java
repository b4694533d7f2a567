package dev.closewait.diagnosis.bytecode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The local variables and the operand stack before one instruction. */
final class State {
  private final Value[] locals;
  private final List<Value> stack;

  private State(Value[] locals, List<Value> stack) {
    this.locals = locals;
    this.stack = stack;
  }

  static State empty(int maxLocals) {
    Value[] locals = new Value[maxLocals];
    Arrays.fill(locals, Value.ANYTHING);
    return new State(locals, new ArrayList<>());
  }

  State copy() {
    return new State(locals.clone(), new ArrayList<>(stack));
  }

  /** The same with only an exception on the stack. */
  State caught() {
    State state = new State(locals.clone(), new ArrayList<>());
    state.push(Value.ANYTHING);
    return state;
  }

  /** Adds what is known where two ways meet; true when that changed this state. */
  boolean join(State other) {
    if (stack.size() != other.stack.size()) {
      throw new IllegalStateException("stacks of different depth meet");
    }
    boolean changed = false;
    for (int i = 0; i < locals.length; i++) {
      Value joined = locals[i].or(other.locals[i]);
      changed |= !joined.equals(locals[i]);
      locals[i] = joined;
    }
    for (int i = 0; i < stack.size(); i++) {
      Value joined = stack.get(i).or(other.stack.get(i));
      changed |= !joined.equals(stack.get(i));
      stack.set(i, joined);
    }
    return changed;
  }

  /** A constructor has made of an object what its arguments tell. */
  void replace(Value old, Value by) {
    for (int i = 0; i < locals.length; i++) {
      locals[i] = locals[i].equals(old) ? by : locals[i];
    }
    stack.replaceAll(value -> value.equals(old) ? by : value);
  }

  /** In slots. */
  int size() {
    return locals.length + stack.size();
  }

  Value local(int variable) {
    return locals[variable];
  }

  void setLocal(int variable, Value value) {
    locals[variable] = value;
  }

  void push(Value value) {
    stack.add(value);
  }

  void pushUnknown(int slots) {
    for (int i = 0; i < slots; i++) {
      push(Value.ANYTHING);
    }
  }

  Value pop() {
    return stack.remove(stack.size() - 1);
  }

  void drop(int slots) {
    for (int i = 0; i < slots; i++) {
      pop();
    }
  }

  /**
   * A slot of the stack.
   *
   * @param depth 0 for the topmost
   */
  Value peek(int depth) {
    return stack.get(stack.size() - 1 - depth);
  }

  /** Copies the topmost slots below so many others. */
  void duplicate(int slots, int below) {
    int top = stack.size();
    List<Value> copy = new ArrayList<>(stack.subList(top - slots, top));
    stack.addAll(top - slots - below, copy);
  }
}
