package dev.closewait.diagnosis.bytecode;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds the calls of a method that close its connection: by their names, or because another method
 * of the same class does it there.
 *
 * <p>Not deeper than that: what a method of another class does with a connection is not known.
 */
final class Closes {
  private final ClassCode type;
  private final IdentityHashMap<MethodCode, Set<Origin>> closedByMethod = new IdentityHashMap<>();

  Closes(ClassCode type) {
    this.type = type;
  }

  /** The calls that close {@code used}, by their indexes in the method. */
  Map<Integer, Site> find(MethodCode code, Flow flow, Resource used) {
    Map<Integer, Site> found = new TreeMap<>();
    for (int i = 0; i < code.size(); i++) {
      Instruction call = code.at(i);
      State before = flow.before(i);
      if (call.isCall() && before != null && closes(code, call, before, used)) {
        found.put(i, new Site(call.line(), call.name()));
      }
    }
    return found;
  }

  /**
   * True when something is closed of which it is not known what it is, such as what a map has
   * returned: it may be the connection.
   */
  boolean isUnclear(MethodCode code, Flow flow, Resource used) {
    for (int i = 0; i < code.size(); i++) {
      Instruction call = code.at(i);
      State before = flow.before(i);
      if (call.isCall() && before != null && CallNames.closesForCertain(call)) {
        Resource closed = Resource.usedBy(call, before);
        if (!used.isPartOf(closed.origins()) && isFoundSomewhere(code, closed)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isFoundSomewhere(MethodCode code, Resource closed) {
    for (Origin origin : closed.origins()) {
      boolean isSite = origin.kind() == Origin.Kind.SITE;
      int opcode = isSite ? code.at(origin.number()).opcode() : -1;
      if (opcode == Opcode.INVOKEVIRTUAL
          || opcode == Opcode.INVOKEINTERFACE
          || opcode == Opcode.AALOAD) {
        return true;
      }
    }
    return false;
  }

  private boolean closes(MethodCode caller, Instruction call, State before, Resource used) {
    if (CallNames.closesForCertain(call)) {
      return used.isPartOf(Resource.usedBy(call, before).origins());
    }
    MethodCode called = type.called(call, caller);
    if (called != null) {
      return used.isPartOf(closedFor(called, call, before));
    }
    return CallNames.closes(call) && used.isItself(Resource.usedBy(call, before).origins());
  }

  /** What the called method closes, in the words of its caller. */
  private Set<Origin> closedFor(MethodCode called, Instruction call, State before) {
    Set<Origin> closed = new HashSet<>();
    for (Origin origin : closedBy(called)) {
      if (origin.kind() == Origin.Kind.PARAMETER) {
        closed.addAll(given(called, call, before, origin));
      } else if (origin.kind() != Origin.Kind.SITE) {
        Value receiver = Machine.receiver(call, before);
        closed.addAll(
            receiver == null || receiver.origins().contains(Origin.THIS)
                ? Set.of(origin)
                : receiver.origins());
      }
    }
    return closed;
  }

  private static Set<Origin> given(
      MethodCode called, Instruction call, State before, Origin parameter) {
    int slot = parameter.number() - (called.isStatic() ? 0 : 1);
    for (Machine.Argument argument : Machine.arguments(call, before)) {
      if (argument.slot() == slot) {
        return argument.value().origins();
      }
    }
    return Set.of();
  }

  private Set<Origin> closedBy(MethodCode method) {
    Set<Origin> known = closedByMethod.get(method);
    if (known == null) {
      known = new HashSet<>();
      Flow flow = Flow.whole(method, new Machine(method));
      for (int i = 0; i < method.size(); i++) {
        Instruction call = method.at(i);
        State before = flow.before(i);
        if (before != null && call.isCall() && CallNames.closes(call)) {
          known.addAll(Resource.usedBy(call, before).origins());
        }
      }
      closedByMethod.put(method, known);
    }
    return known;
  }
}
