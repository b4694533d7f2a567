package dev.closewait.instrument.watch;

import dev.closewait.instrument.FrameFiles;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.net.CloseWaitWatch;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watches the methods of some leak groups, and puts back what it has woven when a group is no
 * longer watched.
 *
 * <p>Called by the scanner thread alone. A transformer is registered only while a class is
 * retransformed (see {@code Weaver}); running calls of a method are not seen, only new ones.
 */
public final class MethodWatch {
  private static final int MAX_TRIES = 10;

  private final Instrumentation instrumentation;
  private final FrameFiles frameFiles;
  private final Map<String, Watched> watchedByGroup = new HashMap<>();

  /** The names of classes that could not be put back, and how often that was tried. */
  private final Map<String, Integer> triesByClass = new HashMap<>();

  public MethodWatch(Instrumentation instrumentation, FrameFiles frameFiles) {
    this.instrumentation = instrumentation;
    this.frameFiles = frameFiles;
  }

  /**
   * What is watched for one group.
   *
   * @param frames in the methods to watch
   * @param ports of the connections whose exits are noted: listening ports, or ports connected to
   */
  public record Watched(Set<StackTraceElement> frames, Set<Integer> ports) {}

  /** Watches for one more group; what could not be watched and why, in words. */
  public List<String> watch(String group, Watched watched) {
    String obstacle = frameFiles.prepare();
    if (obstacle != null) {
      return List.of("stack traces would lose file names: ".concat(obstacle));
    }
    watchedByGroup.put(group, watched);
    note();
    return weave(classNames(watched.frames()));
  }

  /** Watches for one group less; what could not be put back and why, in words. */
  public List<String> unwatch(String group) {
    Watched watched = watchedByGroup.remove(group);
    if (watched == null) {
      return List.of();
    }
    try {
      return weave(classNames(watched.frames()));
    } finally {
      note();
    }
  }

  /** Tries once more to put back what could not be; to be called at each scan. */
  public void putBackTheRest() {
    if (!triesByClass.isEmpty()) {
      triesByClass.values().removeIf(tries -> tries >= MAX_TRIES);
      weave(Set.copyOf(triesByClass.keySet()));
    }
  }

  /** About how many calls of watched methods there have been. */
  public long calls() {
    return CloseWaitWatch.calls();
  }

  private void note() {
    if (watchedByGroup.isEmpty()) {
      CloseWaitWatch.stop();
      return;
    }
    Set<Integer> ports = new HashSet<>();
    for (Watched watched : watchedByGroup.values()) {
      ports.addAll(watched.ports());
    }
    CloseWaitWatch.start(ports.stream().mapToInt(Integer::intValue).toArray());
  }

  private static Set<String> classNames(Set<StackTraceElement> frames) {
    Set<String> names = new LinkedHashSet<>();
    for (StackTraceElement frame : frames) {
      names.add(frame.getClassName());
    }
    return names;
  }

  /** Brings the classes to what is watched now, in every loader that has loaded one of the name. */
  private List<String> weave(Set<String> classNames) {
    Map<String, List<Class<?>>> loaded = new HashMap<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (classNames.contains(type.getName())) {
        loaded.computeIfAbsent(type.getName(), name -> new ArrayList<>()).add(type);
      }
    }
    List<String> obstacles = new ArrayList<>();
    for (String className : classNames) {
      Set<StackTraceElement> frames = watchedIn(className);
      List<Class<?>> types = loaded.getOrDefault(className, List.of());
      if (types.isEmpty() && !frames.isEmpty()) {
        obstacles.add(className + " is not loaded any more");
      }
      boolean refused = false;
      for (Class<?> type : types) {
        refused |= !retransform(type, frames, obstacles);
      }
      if (refused && frames.isEmpty()) {
        triesByClass.merge(className, 1, Integer::sum);
      } else {
        triesByClass.remove(className);
      }
    }
    return obstacles;
  }

  private Set<StackTraceElement> watchedIn(String className) {
    Set<StackTraceElement> frames = new HashSet<>();
    for (Watched watched : watchedByGroup.values()) {
      for (StackTraceElement frame : watched.frames()) {
        if (frame.getClassName().equals(className)) {
          frames.add(frame);
        }
      }
    }
    return frames;
  }

  /** False when the JVM refused. */
  private boolean retransform(
      Class<?> type, Set<StackTraceElement> frames, List<String> obstacles) {
    if (!instrumentation.isModifiableClass(type)) {
      obstacles.add(type.getName() + " cannot be changed in this JVM");
      return true;
    }
    Weaving weaving = new Weaving(type, frames, obstacles);
    if (!frames.isEmpty()) {
      instrumentation.addTransformer(weaving, true);
    }
    try {
      instrumentation.retransformClasses(type);
      return true;
    } catch (Throwable t) {
      // Also an OutOfMemoryError or InternalError of the JVM: the other classes get their turn.
      obstacles.add(type.getName() + ": the JVM refused: " + t);
      return false;
    } finally {
      instrumentation.removeTransformer(weaving);
    }
  }

  /** Weaves one class, and none of those that are loaded meanwhile. */
  private final class Weaving implements ClassFileTransformer {
    private final Class<?> type;
    private final Set<StackTraceElement> frames;
    private final List<String> obstacles;

    Weaving(Class<?> type, Set<StackTraceElement> frames, List<String> obstacles) {
      this.type = type;
      this.frames = frames;
      this.obstacles = obstacles;
    }

    @Override
    public byte @Nullable [] transform(
        @Nullable Module module,
        @Nullable ClassLoader loader,
        @Nullable String name,
        @Nullable Class<?> redefined,
        @Nullable ProtectionDomain domain,
        byte[] classFile) {
      if (redefined != type) {
        return null;
      }
      try {
        WatchedClass.Woven woven = WatchedClass.weave(type.getName(), classFile, frames);
        obstacles.addAll(woven.obstacles());
        frameFiles.keep(type, classFile);
        return woven.classFile();
      } catch (Throwable t) {
        obstacles.add(type.getName() + " cannot be read: " + t);
        return null;
      }
    }
  }
}
