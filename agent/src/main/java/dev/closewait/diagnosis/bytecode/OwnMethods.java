package dev.closewait.diagnosis.bytecode;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.objectweb.asm.Opcodes;

/**
 * Tells what the instructions of a class do to connections, and reads the methods of the same class
 * that they call, each once.
 *
 * <p>What a method of another class does is known by its name at most: otherwise it is unread.
 */
final class OwnMethods {
  private static final Set<String> STARTS = Set.of("start", "submit", "execute", "register");

  /** Of methods that call each other; what is deeper is unread. */
  private static final int MAX_DEPTH = 16;

  private final ClassCode type;
  private final boolean isExtended;
  private final Budget budget;
  private final IdentityHashMap<MethodCode, Effects> known = new IdentityHashMap<>();
  private final Set<MethodCode> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean cut;

  /**
   * @param isExtended true when another class may have other methods in the place of these
   */
  OwnMethods(ClassCode type, boolean isExtended, Budget budget) {
    this.type = type;
    this.isExtended = isExtended;
    this.budget = budget;
  }

  ClassCode type() {
    return type;
  }

  Budget budget() {
    return budget;
  }

  /** Of one instruction. */
  Effects at(MethodCode code, int index, State before) {
    Instruction instruction = code.at(index);
    if (!instruction.isPut() && !instruction.isCall() && !instruction.isDynamic()) {
      return Effects.NONE;
    }
    budget.spend(0);
    Effects effects = new Effects();
    switch (instruction.opcode()) {
      case Opcodes.PUTFIELD, Opcodes.PUTSTATIC ->
          effects.handOn(before.peek(0).origins(), "kept in the field " + instruction.name());
      case Opcodes.INVOKEDYNAMIC -> capture(instruction, before, effects);
      case Opcodes.INVOKEVIRTUAL,
          Opcodes.INVOKESPECIAL,
          Opcodes.INVOKESTATIC,
          Opcodes.INVOKEINTERFACE ->
          call(code, instruction, before, effects);
      default -> {}
    }
    return effects;
  }

  private static void capture(Instruction instruction, State before, Effects effects) {
    if (!CallNames.onlyLooks(instruction)) {
      for (Machine.Argument argument : Machine.arguments(instruction, before)) {
        effects.handOn(argument.value().origins(), "captured by a lambda");
        leaveUnreadIfThis(argument, effects);
      }
    }
  }

  private void call(MethodCode code, Instruction call, State before, Effects effects) {
    MethodCode called = type.called(call, code);
    if (CallNames.closesForCertain(call)) {
      effects.close(Resource.closedBy(call, before).origins());
    } else if (called != null && isRead(called, call)) {
      effects.add(of(called), origin -> Resource.inCaller(origin, called, call, before));
    } else if (called == null && CallNames.closes(call)) {
      closePerhaps(call, before, effects);
    } else if (called != null || !type.isItself(call, code)) {
      leave(call, before, effects);
    }
  }

  private boolean isRead(MethodCode called, Instruction call) {
    boolean mayBeAnother = isExtended && called.isOverridable() && call.isDispatched();
    return !mayBeAnother && open.size() < MAX_DEPTH;
  }

  private Effects of(MethodCode method) {
    Effects before = known.get(method);
    if (before != null) {
      return before;
    }
    Effects effects = new Effects();
    if (!open.add(method)) {
      cut = true;
      return effects;
    }
    boolean wasCut = cut;
    cut = false;
    try {
      Flow flow = Flow.whole(method, new Machine(method), budget);
      for (int i = 0; i < method.size(); i++) {
        State state = flow.before(i);
        if (state != null) {
          addTo(effects, at(method, i, state), method);
        }
      }
    } finally {
      open.remove(method);
    }
    if (!cut || open.isEmpty()) {
      known.put(method, effects);
      cut = false;
    }
    cut |= wasCut;
    return effects;
  }

  /** What a method has made or found itself is nothing to its caller, but what it has found. */
  private static void addTo(Effects effects, Effects one, MethodCode method) {
    effects.add(one, origin -> origin.kind() == Origin.Kind.SITE ? Set.of() : Set.of(origin));
    for (Origin closed : one.closed()) {
      if (closed.kind() == Origin.Kind.SITE
          && (closed.equals(Origin.UNKNOWN) || Doubt.isFound(method, closed))) {
        effects.close(Set.of(Origin.UNKNOWN));
      }
    }
  }

  /** Of an object that is more than its connection, the name may mean something else. */
  private static void closePerhaps(Instruction call, State before, Effects effects) {
    for (Origin origin : Resource.usedBy(call, before).origins()) {
      if (origin.equals(Origin.THIS)) {
        effects.leaveUnread(Set.of(origin));
      } else {
        effects.close(Set.of(origin));
      }
    }
  }

  /** A call of code that is not read. */
  private void leave(Instruction call, State before, Effects effects) {
    if (CallNames.onlyLooks(call)) {
      return;
    }
    boolean isJdk = CallNames.isJdk(call.owner()) || type.inheritsFromJdk(call);
    boolean starts = STARTS.contains(call.name());
    Value receiver = Machine.receiver(call, before);
    if (receiver != null && starts) {
      effects.handOn(receiver.origins(), "given to " + called(call));
    } else if (receiver != null && !isJdk && !call.isConstructorCall()) {
      effects.leaveUnread(receiver.origins());
      if (CallNames.ends(call) && Resource.hasField(receiver.origins())) {
        effects.leaveUnread(Set.of(Origin.THIS));
      }
    }
    boolean isWrap = isWrap(call, isJdk);
    for (Machine.Argument argument : Machine.arguments(call, before)) {
      if (CallNames.collects(call)) {
        effects.collect(argument.value().origins(), "given to " + called(call));
      } else if (!isWrap) {
        effects.handOn(argument.value().origins(), "given to " + called(call));
      }
      if (!isJdk || starts) {
        leaveUnreadIfThis(argument, effects);
      }
    }
  }

  /** A wrapper is another view, and the JDK's connections close no other. */
  private static boolean isWrap(Instruction call, boolean isJdk) {
    boolean ofConnection = CallNames.isConnection(call.owner());
    return call.isConstructorCall()
        ? isJdk || ofConnection
        : (isJdk && ofConnection) || CallNames.returnsConnection(call);
  }

  private static void leaveUnreadIfThis(Machine.Argument argument, Effects effects) {
    if (argument.value().origins().contains(Origin.THIS)) {
      effects.leaveUnread(Set.of(Origin.THIS));
    }
  }

  private static String called(Instruction call) {
    int start = Math.max(call.owner().lastIndexOf('/'), call.owner().lastIndexOf('$')) + 1;
    String owner = call.owner().substring(start);
    return call.isConstructorCall() ? "new " + owner : owner + "." + call.name();
  }
}
