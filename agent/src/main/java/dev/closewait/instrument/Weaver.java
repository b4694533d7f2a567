package dev.closewait.instrument;

import dev.closewait.instrument.jdk.HookedClass;
import dev.closewait.instrument.jdk.HookedClass.Woven;
import dev.closewait.instrument.jdk.JdkHook;
import dev.closewait.instrument.jdk.JdkHooks;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the hooks into the classes of the JDK and stays registered, so that they survive when
 * another agent or JFR retransforms those classes.
 *
 * <p>{@code transform} runs on whatever thread loads a class and touches nothing but the immutable
 * list of hooks; the rest is called by the thread that starts the agent and by the scanner, never
 * by both at once.
 */
public final class Weaver implements ClassFileTransformer {
  private final Instrumentation instrumentation;
  private final Map<String, List<JdkHook>> hooksByClass = new LinkedHashMap<>();
  private final Map<String, Woven> wovenInBatch = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private volatile boolean changedByOthers;
  private volatile @Nullable Thread retransforming;
  private volatile @Nullable String failure;

  public Weaver(Instrumentation instrumentation, int feature) {
    this.instrumentation = instrumentation;
    for (JdkHook hook : JdkHooks.forFeature(feature)) {
      List<JdkHook> ofClass = hooksByClass.get(hook.owner());
      if (ofClass == null) {
        ofClass = new ArrayList<>();
        hooksByClass.put(hook.owner(), ofClass);
      }
      ofClass.add(hook);
    }
  }

  /** Weaves all classes in one batch and checks the result. */
  public void weave() {
    // Loaded before the transformer is there, or each would be woven twice.
    classes();
    instrumentation.addTransformer(this, true);
    check();
  }

  /**
   * Looks again whether every hook is there, when somebody else has changed a woven class since.
   */
  public void checkAgain() {
    if (changedByOthers) {
      changedByOthers = false;
      check();
    }
  }

  /** Restores the original bytes. */
  public void remove() {
    instrumentation.removeTransformer(this);
    retransform(classes());
  }

  /** What is not instrumented and why, in words; empty when every expected hook is in place. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  @Override
  @SuppressWarnings("ReferenceEquality")
  public byte @Nullable [] transform(
      @Nullable Module module,
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    if (loader != null || name == null) {
      return null;
    }
    List<JdkHook> hooks = hooksByClass.get(name);
    if (hooks == null) {
      return null;
    }
    boolean ownBatch = Thread.currentThread() == retransforming;
    if (!ownBatch) {
      changedByOthers = true;
    }
    try {
      Woven woven = HookedClass.weave(name, classFile, hooks);
      if (ownBatch) {
        wovenInBatch.put(name, woven);
      }
      return woven.classFile();
    } catch (Throwable t) {
      failure = name.replace('/', '.') + ": " + t;
      return null;
    }
  }

  /**
   * A verifier behind all other transformers sees what the JVM will really run; the woven bytes go
   * through it in the same batch.
   */
  private void check() {
    problems.clear();
    failure = null;
    HookVerifier verifier = new HookVerifier(hooksByClass, wovenInBatch);
    Class<?>[] classes = classes();
    instrumentation.addTransformer(verifier, true);
    try {
      retransform(classes);
    } finally {
      instrumentation.removeTransformer(verifier);
      wovenInBatch.clear();
    }
    problems.addAll(verifier.problems(classes));
    String failed = failure;
    if (failed != null) {
      problems.add("could not be instrumented: " + failed);
    }
  }

  /**
   * Most programs never load the classes of asynchronous channels: those are woven when they are
   * loaded.
   */
  private Class<?>[] classes() {
    Set<String> loaded = loadedBySystem();
    List<Class<?>> classes = new ArrayList<>();
    for (String internalName : hooksByClass.keySet()) {
      String name = internalName.replace('/', '.');
      try {
        if (!JdkHooks.isSeldomUsed(internalName) || loaded.contains(name)) {
          classes.add(Class.forName(name, false, null));
        }
      } catch (ClassNotFoundException | LinkageError e) {
        problems.add("not in this JDK: class " + name);
      }
    }
    return classes.toArray(new Class<?>[0]);
  }

  private Set<String> loadedBySystem() {
    Set<String> names = new HashSet<>();
    for (Class<?> type : instrumentation.getInitiatedClasses(null)) {
      names.add(type.getName());
    }
    return names;
  }

  private void retransform(Class<?>[] classes) {
    retransforming = Thread.currentThread();
    try {
      instrumentation.retransformClasses(classes);
    } catch (UnmodifiableClassException | LinkageError | UnsupportedOperationException e) {
      problems.add("the JVM refused to retransform: " + e);
    } finally {
      retransforming = null;
    }
  }
}
