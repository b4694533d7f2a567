package dev.closewait.diagnosis.bytecode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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
  private static final int MAX_CLASSES_PER_SCAN = 64;

  private final ClassFiles files;
  private final Predicate<StackTraceElement> application;
  private final Map<Key, StackLook> known = new LinkedHashMap<>(64, 0.75f, true);
  private final Map<String, List<ClassCode>> codes = new LinkedHashMap<>();
  private final Set<String> problems = new HashSet<>();
  private boolean complete;

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
      problems.clear();
      complete = true;
      look = look(stack, moment);
      if (complete) {
        keep(key, look);
      }
    }
    return look;
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
    files.endScan();
  }

  private StackLook look(List<StackTraceElement> stack, Moment moment) {
    List<Integer> frames = applicationFrames(stack);
    if (frames.isEmpty()) {
      return new StackLook(null, null, null, List.of());
    }
    List<@Nullable Closing> closings = new ArrayList<>();
    for (int frame : frames) {
      closings.add(at(stack, frame, moment));
    }
    int culprit = moment == Moment.OPENED ? 0 : innermostThatCloses(closings);
    Closing closing = closings.get(Math.max(culprit, 0));
    Closing place = closing;
    if (moment == Moment.OPENED) {
      place = whereItStays(closings);
    } else if (culprit < 0) {
      place = outermostOfClass(stack, frames, closings);
    } else if (closing != null) {
      closing = coveredByCallers(closing, closings.subList(culprit + 1, closings.size()));
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
      Site handedOn = closing == null ? null : closing.handedOn();
      if (handedOn == null || !handedOn.what().equals(HandOns.RETURNED)) {
        return closing;
      }
    }
    return null;
  }

  /** The method that reads a line is not the one that has to close: its caller reads on. */
  private static @Nullable Closing outermostOfClass(
      List<StackTraceElement> stack, List<Integer> frames, List<@Nullable Closing> closings) {
    String className = stack.get(frames.get(0)).getClassName();
    Closing outermost = closings.get(0);
    for (int i = 1; i < frames.size(); i++) {
      Closing closing = closings.get(i);
      if (closing == null || !stack.get(frames.get(i)).getClassName().equals(className)) {
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

  private @Nullable Closing at(List<StackTraceElement> stack, int index, Moment moment) {
    StackTraceElement frame = stack.get(index);
    MethodLook.Use use = Uses.at(stack, index, moment);
    Set<Optional<Closing>> answers = new HashSet<>();
    for (ClassCode code : codes(frame.getClassName())) {
      MethodCode method = code.method(frame.getMethodName(), frame.getLineNumber());
      if (method != null) {
        answers.add(Optional.ofNullable(look(code, method, use)));
      }
    }
    if (answers.size() > 1) {
      problems.add(
          frame.getClassName() + " is loaded more than once, with different code: not judged");
      return null;
    }
    return answers.isEmpty() ? null : answers.iterator().next().orElse(null);
  }

  private static @Nullable Closing look(ClassCode code, MethodCode method, MethodLook.Use use) {
    try {
      return MethodLook.at(code, method, use);
    } catch (RuntimeException e) {
      // Code that no Java compiler makes, or too much of it: no statement.
      return null;
    }
  }

  private List<ClassCode> codes(String className) {
    List<ClassCode> read = codes.get(className);
    if (read == null) {
      if (codes.size() >= MAX_CLASSES_PER_SCAN) {
        complete = false;
        return List.of();
      }
      read = readAll(className);
      codes.put(className, read);
    }
    return read;
  }

  private List<ClassCode> readAll(String className) {
    List<ClassCode> read = new ArrayList<>();
    try {
      for (byte[] classFile : files.read(className)) {
        read.add(ClassCode.read(classFile));
      }
    } catch (UnreadableClassException e) {
      problems.add("the bytecode of " + className + " could not be read: " + e.getMessage());
    }
    return read;
  }
}
