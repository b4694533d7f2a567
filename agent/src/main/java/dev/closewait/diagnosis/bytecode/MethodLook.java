package dev.closewait.diagnosis.bytecode;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one method of a stack: what it does with the connection from the line of the frame on.
 */
final class MethodLook {
  private final ClassCode type;
  private final MethodCode code;
  private final Machine machine;
  private final Flow whole;
  private final Use use;

  private MethodLook(ClassCode type, MethodCode code, Use use) {
    this.type = type;
    this.code = code;
    this.use = use;
    this.machine = new Machine(code);
    this.whole = Flow.whole(code, machine);
  }

  /**
   * What happened at the line of a frame.
   *
   * @param callee the name of the method that was called there
   * @param returns true when that call may have returned
   * @param fails true when it may have thrown
   * @param isEnd true when it returned the end of the stream
   * @param opens true when it returned the connection, instead of working on it
   */
  record Use(
      int line, String callee, boolean returns, boolean fails, boolean isEnd, boolean opens) {}

  /** Null when it is not known which connection the line is about, or whether it is closed. */
  static @Nullable Closing at(ClassCode type, MethodCode code, Use use) {
    return new MethodLook(type, code, use).look();
  }

  private @Nullable Closing look() {
    Set<Integer> usedAt = calls(true);
    usedAt = usedAt.isEmpty() ? calls(false) : usedAt;
    Resource used = Resource.NONE;
    for (int index : usedAt) {
      used = used.and(use.opens() ? opened(index) : usedBy(index));
    }
    if (used.origins().isEmpty()) {
      return null;
    }
    int start = usedAt.iterator().next();
    Closes search = new Closes(type);
    Map<Integer, Site> closes = search.find(code, whole, used);
    closes.keySet().removeAll(usedAt);
    if (closes.isEmpty() && search.isUnclear(code, whole, used)) {
      return null;
    }
    if (use.isEnd()) {
      usedAt.forEach(machine::readEndAt);
    }
    Span span = span(used, closes);
    return new Closing(
        simpleName(type.name()) + "." + code.name(),
        new Site(use.line(), use.callee()),
        new ArrayList<>(new TreeSet<>(closes.values())),
        skips(start, used, closes.keySet()),
        closes.isEmpty() && use.opens() ? lookedInto(used, usedAt) : List.of(),
        closes.isEmpty() ? new HandOns(type).find(code, whole, used, usedAt) : null,
        span.first(),
        span.last(),
        outlives(used));
  }

  /** The calls at the line that the code has come to. */
  private Set<Integer> calls(boolean onlyOfName) {
    Set<Integer> calls = new TreeSet<>();
    for (int i = 0; i < code.size(); i++) {
      Instruction call = code.at(i);
      if (call.isCall()
          && call.line() == use.line()
          && whole.isReached(i)
          && (!onlyOfName || call.name().equals(use.callee()))) {
        calls.add(i);
      }
    }
    return calls;
  }

  private Resource usedBy(int index) {
    State before = whole.before(index);
    return before == null ? Resource.NONE : Resource.usedBy(code.at(index), before);
  }

  /** A new object, or the result; what only connects works on what was there before. */
  private Resource opened(int index) {
    Instruction call = code.at(index);
    State before = whole.before(index);
    Value receiver = before == null ? null : Machine.receiver(call, before);
    if (call.isConstructorCall() && receiver != null) {
      return new Resource(receiver.origins());
    }
    return returnsConnection(call) ? new Resource(Set.of(Origin.site(index))) : usedBy(index);
  }

  /** A client that connects when it is used first returns the answer. */
  private static boolean returnsConnection(Instruction call) {
    Type returned = Type.getReturnType(call.descriptor());
    return returned.getSort() == Type.OBJECT
        && CallNames.mayHoldConnection(returned.getInternalName());
  }

  private Skips skips(int start, Resource used, Set<Integer> closes) {
    BitSet closeSites = new BitSet();
    closes.forEach(closeSites::set);
    BitSet ends = new BitSet();
    ends.or(closeSites);
    if (used.isMadeHere()) {
      // In the next turn of a loop it is another connection that is made there.
      used.origins().forEach(origin -> ends.set(origin.number()));
    }
    Flow.Limits limits = new Flow.Limits(start, use.returns(), use.fails(), ends, used);
    return new SkipSearch(code, whole, whole.from(limits), closeSites).find(start, use.returns());
  }

  private List<String> lookedInto(Resource used, Set<Integer> usedAt) {
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < code.size(); i++) {
      Instruction call = code.at(i);
      State before = whole.before(i);
      if (call.isCall() && before != null && !usedAt.contains(i)) {
        MethodCode called = type.called(call, code);
        if (called != null && !Resource.givenTo(called, call, before, used).origins().isEmpty()) {
          names.add(call.name());
        }
      }
    }
    return List.copyOf(names);
  }

  private record Span(int first, int last) {}

  private Span span(Resource used, Map<Integer, Site> closes) {
    int first = use.line();
    int last = use.line();
    for (int i = 0; i < code.size(); i++) {
      Instruction instruction = code.at(i);
      State before = whole.before(i);
      boolean counts =
          closes.containsKey(i)
              || used.origins().contains(Origin.site(i))
              || (before != null
                  && instruction.isCall()
                  && used.isItself(Resource.usedBy(instruction, before).origins()));
      if (counts && instruction.line() > 0) {
        first = Math.min(first, instruction.line());
        last = Math.max(last, instruction.line());
      }
    }
    return new Span(first, last);
  }

  private boolean outlives(Resource used) {
    if (used.isKept()) {
      return true;
    }
    int variable = code.isStatic() ? 0 : 1;
    for (Type parameter : Type.getArgumentTypes(code.descriptor())) {
      if (parameter.getDescriptor().endsWith("/SelectionKey;")
          && used.origins().contains(Origin.parameter(variable))) {
        return true;
      }
      variable += parameter.getSize();
    }
    return false;
  }

  private static String simpleName(String internalName) {
    return internalName.substring(internalName.lastIndexOf('/') + 1);
  }
}
