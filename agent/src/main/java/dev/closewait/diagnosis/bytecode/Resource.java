package dev.closewait.diagnosis.bytecode;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connection as one method knows it: the places that what the method uses at the line of a
 * stack came from.
 */
record Resource(Set<Origin> origins) {
  static final Resource NONE = new Resource(Set.of());

  /**
   * What a call works on: what is a connection by its type, else what may hold one, else anything
   * that is no {@code this}.
   */
  static Resource usedBy(Instruction call, State before) {
    Value receiver = Machine.receiver(call, before);
    List<Machine.Argument> arguments = Machine.arguments(call, before);
    Set<Origin> found = new HashSet<>();
    collect(found, receiver, call.owner(), true);
    arguments.forEach(each -> collect(found, each.value(), each.type(), true));
    if (found.isEmpty()) {
      collect(found, receiver, call.owner(), false);
      arguments.forEach(each -> collect(found, each.value(), each.type(), false));
    }
    if (found.isEmpty()) {
      arguments.forEach(each -> found.addAll(each.value().origins()));
    }
    if (found.size() > 1) {
      found.remove(Origin.THIS);
    }
    return new Resource(found);
  }

  private static void collect(
      Set<Origin> found, @Nullable Value value, String type, boolean onlyConnections) {
    if (value != null
        && (onlyConnections ? CallNames.isConnection(type) : CallNames.mayHoldConnection(type))) {
      found.addAll(value.origins());
    }
  }

  /** What a call closes, as far as that may be a connection. */
  static Resource closedBy(Instruction call, State before) {
    boolean ofNone = Machine.receiver(call, before) != null && CallNames.holdsNone(call.owner());
    return ofNone ? NONE : usedBy(call, before);
  }

  /** What a called method knows by its parameters and its object, in the words of its caller. */
  static Set<Origin> inCaller(Origin origin, MethodCode called, Instruction call, State before) {
    if (origin.kind() == Origin.Kind.SITE) {
      return origin.equals(Origin.UNKNOWN) ? Set.of(origin) : Set.of();
    }
    if (origin.kind() == Origin.Kind.PARAMETER) {
      int slot = origin.number() - (called.isStatic() ? 0 : 1);
      for (Machine.Argument argument : Machine.arguments(call, before)) {
        if (argument.slot() == slot) {
          return argument.value().origins();
        }
      }
      return Set.of();
    }
    Value receiver = Machine.receiver(call, before);
    return receiver == null || receiver.origins().contains(Origin.THIS)
        ? Set.of(origin)
        : receiver.origins();
  }

  /** The parameters of a called method in which it is given. */
  static Resource givenTo(MethodCode called, Instruction call, State before, Resource used) {
    Set<Origin> given = new HashSet<>();
    for (Machine.Argument argument : Machine.arguments(call, before)) {
      if (used.isItself(argument.value().origins())) {
        given.add(Origin.parameter(argument.slot() + (called.isStatic() ? 0 : 1)));
      }
    }
    return new Resource(given);
  }

  boolean contains(Origin origin) {
    return origins.contains(origin);
  }

  Resource and(Resource other) {
    return new Resource(Value.union(origins, other.origins));
  }

  /** True for the connection or a view of it. */
  boolean isItself(Set<Origin> others) {
    for (Origin origin : others) {
      if (origins.contains(origin)) {
        return true;
      }
    }
    return false;
  }

  /** True also where the object is closed that has the connection in a field. */
  boolean isClosedWith(Set<Origin> others) {
    return isItself(others) || (others.contains(Origin.THIS) && hasField(origins));
  }

  static boolean hasField(Set<Origin> some) {
    for (Origin origin : some) {
      if (origin.kind() == Origin.Kind.FIELD) {
        return true;
      }
    }
    return false;
  }

  /** True when the method itself has opened it. */
  boolean isMadeHere() {
    for (Origin origin : origins) {
      if (origin.kind() != Origin.Kind.SITE) {
        return false;
      }
    }
    return true;
  }

  /**
   * True when the method has opened it, and had it from nobody.
   *
   * @param openedAt calls of which it is known that they have opened it
   */
  boolean isNewIn(MethodCode code, Set<Integer> openedAt) {
    for (Origin origin : origins) {
      boolean isNew =
          origin.kind() == Origin.Kind.SITE
              && (openedAt.contains(origin.number())
                  || code.at(origin.number()).opcode() == Opcode.NEW
                  || CallNames.opens(code.at(origin.number())));
      if (!isNew) {
        return false;
      }
    }
    return true;
  }

  /** True when it belongs to an object that outlives the method. */
  boolean isKept() {
    return origins.contains(Origin.THIS) || hasField(origins);
  }
}
