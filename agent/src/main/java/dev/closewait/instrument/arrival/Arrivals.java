package dev.closewait.instrument.arrival;

import dev.closewait.instrument.FrameFiles;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.ref.WeakReference;
import java.net.CloseWaitDefinitions;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the classes of its targets: each when it is defined, and those that are there already on
 * demand.
 *
 * <p>A class is woven before it is defined, by a hook in {@code ClassLoader.defineClass}: no
 * transformer is registered (see {@code Weaver} for what that would cost), no class is
 * retransformed while a loader that the application wrote is locked, and none of its objects is
 * missed. Those of a class-data archive are not defined: they are retransformed when the JDK's
 * loader finds them for the first time. Classes that come in other ways, and those from before an
 * attach, are found by {@link #weavePresent}.
 */
public final class Arrivals implements CloseWaitDefinitions.Listener, ClassFileTransformer {
  /** In the constant pool of every class that is woven. */
  private static final byte[] OUR_CALL = "java/net/CloseWait".getBytes(StandardCharsets.ISO_8859_1);

  private static final int MAX_PROBLEMS = 8;

  /** A power of two: the names of the targets fill about a tenth of it. */
  private static final int SHAPES = 1024;

  /** A look at 10,000 loaded classes takes about a millisecond. */
  private static final long FIRST_PAUSE_NANOS = 1_000_000_000L;

  private static final long LONGEST_PAUSE_NANOS = 300_000_000_000L;

  private final Instrumentation instrumentation;
  private final FrameFiles frameFiles;
  private final Map<String, List<ArrivalTarget>> targetsBySimpleName = new HashMap<>();

  /** Which of them there are: most classes are told from all targets without a look-up. */
  private final boolean[] shapes = new boolean[SHAPES];

  /** Those that {@link #weavePresent} need not look at again. */
  private final Map<Class<?>, Boolean> seen = new WeakHashMap<>();

  /** Another retransformation would change nothing of these, and take the lines from stacks. */
  private final Queue<Woven> done = new ConcurrentLinkedQueue<>();

  private final Set<String> problems = ConcurrentHashMap.newKeySet();
  private long pauseNanos;
  private long lookedNanos;

  public Arrivals(
      Instrumentation instrumentation, FrameFiles frameFiles, List<ArrivalTarget> targets) {
    this.instrumentation = instrumentation;
    this.frameFiles = frameFiles;
    for (ArrivalTarget target : targets) {
      List<ArrivalTarget> ofName = targetsBySimpleName.get(target.simpleName());
      if (ofName == null) {
        ofName = new ArrayList<>();
        targetsBySimpleName.put(target.simpleName(), ofName);
      }
      ofName.add(target);
      shapes[shape(target.simpleName(), 0)] = true;
    }
  }

  /** A class of one loader; null stands for the boot loader. */
  private record Woven(@Nullable WeakReference<ClassLoader> loader, String name) {

    static Woven of(String name, @Nullable ClassLoader loader) {
      return new Woven(loader == null ? null : new WeakReference<>(loader), name);
    }

    boolean is(Class<?> type) {
      return name.equals(type.getName())
          && (loader == null
              ? type.getClassLoader() == null
              : loader.refersTo(type.getClassLoader()));
    }

    boolean isGone() {
      return loader != null && loader.refersTo(null);
    }
  }

  /** Weaves from now on what is defined. */
  public void listen() {
    if (!targetsBySimpleName.isEmpty()) {
      CloseWaitDefinitions.listen(this);
    }
  }

  /** Leaves from now on every class as it is. */
  public void stop() {
    CloseWaitDefinitions.listen(null);
  }

  /** What could not be woven and why, in words. */
  public List<String> problems() {
    return new ArrayList<>(problems);
  }

  /**
   * Weaves the loaded classes that were not woven when they were defined; called by one thread at a
   * time.
   *
   * @param running true when calls of their methods may be running
   */
  public void weavePresent(boolean running) {
    List<Class<?>> present = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (isAwaited(type.getName()) && seen.put(type, true) == null && !isDone(type)) {
        present.add(type);
      }
    }
    if (!present.isEmpty()) {
      if (running) {
        frameFiles.prepare();
      }
      for (Class<?> type : present) {
        done.add(Woven.of(type.getName(), type.getClassLoader()));
      }
      retransform(present);
    }
  }

  /**
   * {@link #weavePresent}, more and more rarely: most programs load their libraries when they
   * start.
   *
   * @param now on the clock of {@link System#nanoTime()}
   */
  public void weavePresentWhenDue(long now) {
    if (targetsBySimpleName.isEmpty() || now - lookedNanos < pauseNanos) {
      return;
    }
    lookedNanos = now;
    pauseNanos = Math.max(FIRST_PAUSE_NANOS, Math.min(LONGEST_PAUSE_NANOS, 2 * pauseNanos));
    weavePresent(true);
  }

  private boolean isDone(Class<?> type) {
    for (Iterator<Woven> each = done.iterator(); each.hasNext(); ) {
      Woven woven = each.next();
      if (woven.is(type)) {
        return true;
      }
      if (woven.isGone()) {
        each.remove();
      }
    }
    return false;
  }

  private void retransform(List<Class<?>> types) {
    instrumentation.addTransformer(this, true);
    try {
      if (refusal(types.toArray(new Class<?>[0])) != null) {
        retransformEach(types);
      }
    } finally {
      instrumentation.removeTransformer(this);
    }
  }

  /** The JVM takes all classes of a batch or none: one that it refuses must not cost the others. */
  private void retransformEach(List<Class<?>> types) {
    for (Class<?> type : types) {
      Throwable refusal = refusal(type);
      if (refusal != null) {
        note(type.getName(), refusal);
      }
    }
  }

  /** Null when the JVM has taken them. */
  private @Nullable Throwable refusal(Class<?>... types) {
    try {
      instrumentation.retransformClasses(types);
      return null;
    } catch (UnmodifiableClassException
        | LinkageError
        | UnsupportedOperationException
        | InternalError e) {
      return e;
    }
  }

  @Override
  public boolean isAwaited(String name) {
    return target(name) != null;
  }

  private @Nullable ArrivalTarget target(String name) {
    int start = name.lastIndexOf('.') + 1;
    if (start == name.length() || !shapes[shape(name, start)]) {
      return null;
    }
    List<ArrivalTarget> ofName = targetsBySimpleName.get(name.substring(start));
    if (ofName != null) {
      for (ArrivalTarget target : ofName) {
        if (target.isNamed(name)) {
          return target;
        }
      }
    }
    return null;
  }

  /** The last letter and the length of a simple name, which is not empty. */
  private static int shape(String name, int start) {
    int letter = name.charAt(name.length() - 1);
    return (31 * letter + name.length() - start) & (SHAPES - 1);
  }

  @Override
  public byte @Nullable [] weave(String name, byte[] classFile, @Nullable ClassLoader loader) {
    // Also when nothing was to be woven: another class of the same name is not looked at again.
    done.add(Woven.of(name, loader));
    return woven(name, classFile, loader);
  }

  /** Marked before: what the retransformation loads must not come back here. */
  @Override
  public void found(Class<?> type) {
    if (!isDone(type)) {
      Woven mark = Woven.of(type.getName(), type.getClassLoader());
      done.add(mark);
      try {
        retransform(List.of(type));
      } catch (Throwable t) {
        done.remove(mark);
        note(type.getName(), t);
      }
    }
  }

  private byte @Nullable [] woven(String name, byte[] classFile, @Nullable ClassLoader loader) {
    ArrivalTarget target = target(name);
    if (target == null || isWoven(classFile)) {
      return null;
    }
    try {
      return target.weave(name, classFile, loader);
    } catch (Throwable t) {
      note(name, t);
      return null;
    }
  }

  /** Only what {@link #weavePresent} asks for: what is defined meanwhile is woven already. */
  @Override
  public byte @Nullable [] transform(
      @Nullable Module module,
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    if (redefined == null || name == null) {
      return null;
    }
    byte[] woven = woven(name.replace('/', '.'), classFile, loader);
    frameFiles.keep(redefined, classFile);
    return woven;
  }

  private void note(String name, Throwable t) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add("not instrumented: " + name + ": " + t);
    }
  }

  private static boolean isWoven(byte[] classFile) {
    int last = classFile.length - OUR_CALL.length;
    for (int start = 0; start <= last; start++) {
      int i = 0;
      while (i < OUR_CALL.length && classFile[start + i] == OUR_CALL[i]) {
        i++;
      }
      if (i == OUR_CALL.length) {
        return true;
      }
    }
    return false;
  }
}
