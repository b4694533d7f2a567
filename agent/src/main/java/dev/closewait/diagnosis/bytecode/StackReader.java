package dev.closewait.diagnosis.bytecode;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytecode of the application's methods on a stack, each stack once.
 *
 * <p>Confined to the scanner thread.
 */
public final class StackReader {
  /** Further out, the frames are those of a server or a pool. */
  private static final int MAX_FRAMES = 8;

  private static final int MAX_STACKS = 500;

  private final ClassFiles files;
  private final Predicate<StackTraceElement> application;
  private final Map<Key, StackLook> known = new LinkedHashMap<>(64, 0.75f, true);
  private final Map<String, List<OwnMethods>> codes = new HashMap<>();
  private final Set<String> problems = new LinkedHashSet<>();
  private final Budget budget = new Budget();

  /**
   * @param application true for frames of the application
   */
  public StackReader(ClassFiles files, Predicate<StackTraceElement> application) {
    this.files = files;
    this.application = application;
  }

  private record Key(List<StackTraceElement> stack, Moment moment) {}

  /**
   * Says what the bytecode of the application's methods on a stack says.
   *
   * @param stack innermost first
   * @param moment what happened there
   */
  public StackLook read(List<StackTraceElement> stack, Moment moment) {
    Key key = new Key(stack, moment);
    StackLook look = known.get(key);
    if (look == null) {
      if (!budget.beginStack()) {
        return unread(stack);
      }
      problems.clear();
      look = look(stack, moment);
      keep(key, look);
    }
    return look;
  }

  /** True when the scan has left a stack to the next: it had read enough. */
  public boolean isExhausted() {
    return budget.isExhausted();
  }

  private StackLook unread(List<StackTraceElement> stack) {
    List<Integer> frames = applicationFrames(stack);
    return new StackLook(frames.isEmpty() ? null : stack.get(frames.get(0)), null, null, List.of());
  }

  private void keep(Key key, StackLook look) {
    if (known.size() >= MAX_STACKS) {
      known.remove(known.keySet().iterator().next());
    }
    known.put(key, look);
  }

  /** Lets go of the code that was read: what it says is kept. */
  public void endScan() {
    codes.clear();
    budget.endScan();
    files.endScan();
  }

  private StackLook look(List<StackTraceElement> stack, Moment moment) {
    List<Integer> frames = applicationFrames(stack);
    if (frames.isEmpty()) {
      return unread(stack);
    }
    List<@Nullable Closing> closings = new ArrayList<>();
    List<MethodLook> inside = List.of();
    BitSet callers = new BitSet();
    int last = -1;
    for (int frame : frames) {
      inside = at(stack, frame, moment, last == frame - 1 ? inside : List.of());
      callers.set(closings.size(), isMoreThanCall(stack.get(frame), inside));
      closings.add(closing(stack.get(frame), inside));
      last = frame;
    }
    int culprit = moment == Moment.OPENED ? 0 : innermostThatCloses(closings);
    Closing closing = closings.get(Math.max(culprit, 0));
    Closing place = closing;
    if (moment == Moment.OPENED) {
      place = whereItStays(closings);
    } else if (culprit < 0) {
      place = outermostOfClass(stack, frames, closings, callers);
    } else if (closing != null) {
      closing = coveredByCallers(closing, closings.subList(culprit + 1, closings.size()));
      closing = handedOnBefore(closing, closings.subList(0, culprit));
      place = closing;
    }
    return new StackLook(
        stack.get(frames.get(Math.max(culprit, 0))), closing, place, List.copyOf(problems));
  }

  private List<Integer> applicationFrames(List<StackTraceElement> stack) {
    List<Integer> frames = new ArrayList<>();
    for (int i = 0; i < stack.size() && frames.size() < MAX_FRAMES; i++) {
      if (application.test(stack.get(i))) {
        frames.add(i);
      }
    }
    return frames;
  }

  private static int innermostThatCloses(List<@Nullable Closing> closings) {
    for (int i = 0; i < closings.size(); i++) {
      Closing closing = closings.get(i);
      if (closing != null && closing.isSomewhere()) {
        return i;
      }
    }
    return -1;
  }

  /** What only opens and returns is a factory: the method that keeps the result has to close it. */
  private static @Nullable Closing whereItStays(List<@Nullable Closing> closings) {
    for (Closing closing : closings) {
      if (closing == null || closing.handedOn() == null || isHandedOn(closing)) {
        return closing;
      }
    }
    return null;
  }

  /** True when somebody else has it then than the callers of the method. */
  private static boolean isHandedOn(Closing closing) {
    Site handedOn = closing.handedOn();
    return handedOn != null && !handedOn.what().equals(MethodLook.RETURNED);
  }

  /**
   * The method that reads a line is not the one that has to close: its caller reads on. Null where
   * it may close itself, for all that is known. What it has handed on, its caller has no more.
   *
   * @param callers the methods that may read on; a lambda that is only one call does not
   */
  private static @Nullable Closing outermostOfClass(
      List<StackTraceElement> stack,
      List<Integer> frames,
      List<@Nullable Closing> closings,
      BitSet callers) {
    String className = stack.get(frames.get(0)).getClassName();
    Closing outermost = closings.get(0);
    for (int i = 1; i < frames.size() && outermost != null; i++) {
      Closing closing = closings.get(i);
      boolean isOfClass = stack.get(frames.get(i)).getClassName().equals(className);
      if (closing == null || !isOfClass || !callers.get(i) || isHandedOn(outermost)) {
        return outermost;
      }
      outermost = closing;
    }
    return outermost;
  }

  /** What comes out of a method by an exception or by a return may be closed by who called it. */
  private static Closing coveredByCallers(Closing closing, List<@Nullable Closing> callers) {
    Closing covered = closing;
    for (Closing caller : callers) {
      if (caller != null && caller.isSomewhere()) {
        Skips skips = caller.skips();
        boolean exceptions = !skips.throwing().contains(caller.use().line());
        covered = covered.with(covered.skips().coveredBy(exceptions, skips.isNoneNormally()));
      }
    }
    return covered;
  }

  /** What it calls may have handed the connection on: a close in any case would come too early. */
  private static Closing handedOnBefore(Closing closing, List<@Nullable Closing> called) {
    for (Closing inside : called) {
      Site handedOn = inside == null || !isHandedOn(inside) ? null : inside.handedOn();
      if (handedOn != null && !closing.skips().isNoneNormally() && closing.handedOn() == null) {
        return closing.handedOnInside(handedOn.what());
      }
    }
    return closing;
  }

  /** The looks at the method of a frame, one for each build of its class that is loaded. */
  private List<MethodLook> at(
      List<StackTraceElement> stack, int index, Moment moment, List<MethodLook> inside) {
    StackTraceElement frame = stack.get(index);
    if (frame.getLineNumber() <= 0) {
      problems.add(frame.getClassName() + " has no line numbers: not judged");
      return List.of();
    }
    Use use = Uses.at(stack, index, moment);
    List<MethodLook> looks = new ArrayList<>();
    for (OwnMethods own : codes(frame.getClassName())) {
      MethodCode method = own.type().method(frame.getMethodName(), frame.getLineNumber());
      if (method != null) {
        MethodLook look = bounded(frame, () -> new MethodLook(own, method, use, only(inside)));
        if (look != null) {
          looks.add(look);
        }
      }
    }
    return looks;
  }

  private boolean isMoreThanCall(StackTraceElement frame, List<MethodLook> looks) {
    MethodLook look = only(looks);
    return look == null || !Boolean.TRUE.equals(bounded(frame, look::isOnlyCall));
  }

  private static @Nullable MethodLook only(List<MethodLook> looks) {
    return looks.size() == 1 ? looks.get(0) : null;
  }

  private @Nullable Closing closing(StackTraceElement frame, List<MethodLook> looks) {
    Set<Optional<Closing>> answers = new HashSet<>();
    for (MethodLook look : looks) {
      answers.add(Optional.ofNullable(bounded(frame, look::closing)));
    }
    if (answers.size() > 1) {
      problems.add(
          frame.getClassName() + " is loaded more than once, with different code: not judged");
      return null;
    }
    return answers.isEmpty() ? null : answers.iterator().next().orElse(null);
  }

  /** Null for too much code, and for code that no Java compiler makes: no statement. */
  private <T> @Nullable T bounded(StackTraceElement frame, Supplier<@Nullable T> reading) {
    try {
      return reading.get();
    } catch (Budget.ExceededException e) {
      problems.add(
          frame.getClassName() + "." + frame.getMethodName() + " is not judged: " + e.getMessage());
      return null;
    } catch (RuntimeException e) {
      return null;
    }
  }

  private List<OwnMethods> codes(String className) {
    List<OwnMethods> read = codes.get(className);
    if (read == null) {
      read = readAll(className);
      // One that was too much for this stack may not be for the next.
      if (read != null) {
        codes.put(className, read);
      }
    }
    return read == null ? List.of() : read;
  }

  /** Null when one of them could not be read: the others are no proof. */
  private @Nullable List<OwnMethods> readAll(String className) {
    List<OwnMethods> read = new ArrayList<>();
    try {
      for (byte[] classFile : files.read(className)) {
        budget.spendBytes(classFile.length);
        read.add(new OwnMethods(ClassCode.read(classFile), files.isExtended(className), budget));
      }
    } catch (UnreadableClassException e) {
      problems.add("the bytecode of " + className + " could not be read: " + e.getMessage());
      return null;
    }
    return read;
  }
}
