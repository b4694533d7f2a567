package dev.closewait.diagnosis.bytecode;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/**
 * Looks at one method of a stack: what it does with the connection from the line of the frame on.
 */
final class MethodLook {
  static final String RETURNED = "returned to its caller";

  private final OwnMethods own;
  private final MethodCode code;
  private final Machine machine;
  private final Flow whole;
  private final Use use;
  private final Set<Integer> usedAt;
  private final Resource used;

  /**
   * @param inside the look at the method that was called at the line; null when it is of another
   *     class, or not known
   */
  MethodLook(OwnMethods own, MethodCode code, Use use, @Nullable MethodLook inside) {
    this.own = own;
    this.code = code;
    this.use = use;
    this.machine = new Machine(code);
    this.whole = Flow.whole(code, machine, own.budget());
    Set<Integer> named = calls(true);
    this.usedAt = named.isEmpty() ? calls(false) : named;
    Resource all = Resource.NONE;
    for (int index : usedAt) {
      all = all.and(use.opens() ? opened(index) : usedBy(index, inside));
    }
    this.used = all;
  }

  /** Null when it is not known which connection the line is about, or whether it is closed. */
  @Nullable Closing closing() {
    if (used.origins().isEmpty()) {
      return null;
    }
    int start = usedAt.iterator().next();
    Map<Integer, Site> closes = closes();
    BitSet sites = new BitSet();
    closes.keySet().forEach(sites::set);
    Flow whatever = whole.from(limits(start, sites));
    if (use.isEnd()) {
      usedAt.forEach(machine::readEndAt);
    }
    Flow path = use.isEnd() ? whole.from(limits(start, sites)) : whatever;
    SkipSearch search = new SkipSearch(code, whole, path, sites);
    Site handedOn =
        closes.isEmpty() ? handedOn(start) : giving().first(search::isLeftOpenFrom, true);
    if (closes.isEmpty() && isInDoubt(handedOn != null)) {
      return null;
    }
    Span span = span(closes);
    return new Closing(
        simpleName(code.owner()) + "." + code.name(),
        new Site(use.line(), use.callee()),
        new ArrayList<>(new TreeSet<>(closes.values())),
        search.find(start, use.returns(), whatever),
        closes.isEmpty() && use.opens() ? lookedInto() : List.of(),
        handedOn,
        span.first(),
        span.last(),
        outlives() || (use.isLast() && giving().isCollected()),
        closes.keySet().stream().anyMatch(code::isAutomatic),
        new ReturnSearch(code, whole, used).calledBeforeReturn(usedAt, closes.keySet()));
  }

  /** Where it goes after the use; where that is nowhere, and it is not over, where it went. */
  private @Nullable Site handedOn(int start) {
    Flow onward = whole.from(limits(start, new BitSet()));
    Site after = use.opens() ? null : giving().first(onward::isReached, true);
    return after == null ? giving().first(index -> true, !use.isLast()) : after;
  }

  private Giving giving() {
    return new Giving(own, code, whole, used, usedAt);
  }

  /** True for a lambda that does nothing with the connection but call another method, once. */
  boolean isOnlyCall() {
    if (!code.name().contains("lambda$") || usedAt.isEmpty()) {
      return false;
    }
    Span span = span(Map.of());
    return span.first() == span.last() && !isRepeated(usedAt.iterator().next());
  }

  private boolean isRepeated(int call) {
    Flow onward = whole.from(limits(call, new BitSet()));
    for (int i = 0; i < code.size(); i++) {
      if (onward.normal(i).get(call)) {
        return true;
      }
    }
    return false;
  }

  /** By the indexes of the calls; what is called at the moment has not closed it. */
  private Map<Integer, Site> closes() {
    Map<Integer, Site> closes = new TreeMap<>();
    for (int i = 0; i < code.size(); i++) {
      Instruction call = code.at(i);
      if (call.isCall() && !usedAt.contains(i) && used.isClosedWith(effects(i).closed())) {
        closes.put(i, new Site(call.line(), call.name()));
      }
    }
    return closes;
  }

  /** Of the calls at the line, those of this class are known, and others are the use itself. */
  private boolean isInDoubt(boolean isHandedOn) {
    Set<Integer> openedAt = use.opens() ? usedAt : Set.of();
    Doubt doubt = new Doubt(code, used, used.isNewIn(code, openedAt));
    for (int i = 0; i < code.size(); i++) {
      boolean isUse = usedAt.contains(i);
      if (!isUse || own.type().called(code.at(i), code) != null) {
        Effects effects = effects(i);
        if (doubt.isLeftByClose(effects)
            || (isUse && used.isClosedWith(effects.closed()))
            || (!isHandedOn && doubt.isLeftByCall(effects))) {
          return true;
        }
      }
    }
    return false;
  }

  /** True when its caller gets it, or a new object that has it. */
  private boolean isReturned() {
    for (int i = 0; i < code.size(); i++) {
      if (code.at(i).opcode() == Opcode.ARETURN && giving().at(i) != null) {
        return true;
      }
    }
    return false;
  }

  private Effects effects(int index) {
    State before = whole.before(index);
    return before == null ? Effects.NONE : own.at(code, index, before);
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

  private Resource usedBy(int index, @Nullable MethodLook inside) {
    State before = whole.before(index);
    if (before == null) {
      return Resource.NONE;
    }
    Instruction call = code.at(index);
    Resource known = Resource.NONE;
    if (inside != null && inside.code.equals(own.type().called(call, code))) {
      for (Origin origin : inside.used.origins()) {
        known = known.and(new Resource(Resource.inCaller(origin, inside.code, call, before)));
      }
      if (inside.isReturned()) {
        known = known.and(new Resource(Set.of(Origin.site(index))));
      }
    }
    return known.origins().isEmpty() ? Resource.usedBy(call, before) : known;
  }

  /** A new object, or the result; what only connects works on what was there before. */
  private Resource opened(int index) {
    Instruction call = code.at(index);
    State before = whole.before(index);
    Value receiver = before == null ? null : Machine.receiver(call, before);
    if (call.isConstructorCall() && receiver != null) {
      return new Resource(receiver.origins());
    }
    return before == null || !returnsConnection(call) ? usedBy(index, null) : result(index, before);
  }

  /** As the rest of the method has it; nothing where that is the whole object of the method. */
  private Resource result(int index, State before) {
    State after = before.copy();
    machine.execute(index, after);
    Set<Origin> origins = after.peek(0).origins();
    return origins.contains(Origin.THIS) ? Resource.NONE : new Resource(origins);
  }

  /** True where the connection is that of an object which has it also when the call has thrown. */
  private boolean opensForReceiver(int index) {
    Instruction call = code.at(index);
    return use.opens()
        && returnsConnection(call)
        && CallNames.isConnection(call.owner())
        && !used.contains(Origin.site(index));
  }

  /** A client that connects when it is used first returns the answer. */
  private static boolean returnsConnection(Instruction call) {
    Type returned = Type.getReturnType(call.descriptor());
    return returned.getSort() == Type.OBJECT
        && CallNames.mayHoldConnection(returned.getInternalName());
  }

  /** From the use on, up to the closes. */
  private Flow.Limits limits(int start, BitSet closes) {
    BitSet ends = new BitSet();
    ends.or(closes);
    if (used.isMadeHere()) {
      // In the next turn of a loop it is another connection that is made there.
      used.origins().forEach(origin -> ends.set(origin.number()));
    }
    boolean fails = use.fails() || opensForReceiver(start);
    return new Flow.Limits(start, use.returns(), fails, ends, used);
  }

  private List<String> lookedInto() {
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < code.size(); i++) {
      Instruction call = code.at(i);
      State before = whole.before(i);
      if (call.isCall() && before != null && !usedAt.contains(i)) {
        MethodCode called = own.type().called(call, code);
        if (called != null && !Resource.givenTo(called, call, before, used).origins().isEmpty()) {
          names.add(call.name());
        }
      }
    }
    return List.copyOf(names);
  }

  private record Span(int first, int last) {}

  private Span span(Map<Integer, Site> closes) {
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

  private boolean outlives() {
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
