package dev.closewait.instrument;

import dev.closewait.instrument.jdk.HookedClass;
import dev.closewait.instrument.jdk.HookedClass.Woven;
import dev.closewait.instrument.jdk.JdkHook;
import dev.closewait.instrument.jdk.JdkHooks;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.net.CloseWaitCanary;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts the hooks into the classes of the JDK and stays registered, so that they survive when
 * another agent or JFR retransforms those classes.
 *
 * <p>{@code transform} runs on whatever thread loads a class. The transformers of an agent that
 * started later come after this one, whatever order they were added in: what they leave of the
 * hooks only a canary shows.
 */
public final class Weaver implements ClassFileTransformer {
  private final Instrumentation instrumentation;
  private final Map<String, List<JdkHook>> hooksByClass = new LinkedHashMap<>();
  private final Map<String, List<String>> problemsByClass = new ConcurrentHashMap<>();

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

  /** Weaves all classes in one batch. */
  public void weave() {
    // Loaded before the transformer is there, or each would be woven twice.
    Class<?>[] classes = classes();
    instrumentation.addTransformer(this, true);
    retransform(classes);
  }

  /** Restores the original bytes. */
  public void remove() {
    instrumentation.removeTransformer(this);
    retransform(classes());
  }

  /** What is not instrumented and why, in words; empty when every expected hook is in place. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (List<String> ofClass : problemsByClass.values()) {
      problems.addAll(ofClass);
    }
    return problems;
  }

  /**
   * The same, and the hooks that were undone since: to be asked once the application has used a
   * socket, since the canary initialises the JDK's network classes.
   */
  public List<String> problemsNow() {
    List<String> problems = problems();
    for (String place : CloseWaitCanary.silent()) {
      problems.add(
          "hook undone: " + place + " was replaced by another agent; connections go unseen");
    }
    return problems;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable Module module,
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    List<JdkHook> hooks = loader != null || name == null ? null : hooksByClass.get(name);
    if (name == null || hooks == null) {
      return null;
    }
    try {
      Woven woven = HookedClass.weave(name, classFile, hooks);
      problemsByClass.put(name, missing(woven.missing()));
      return woven.classFile();
    } catch (Throwable t) {
      problemsByClass.put(name, List.of("not instrumented: " + name.replace('/', '.') + ": " + t));
      return null;
    }
  }

  private static List<String> missing(List<JdkHook> hooks) {
    List<String> problems = new ArrayList<>();
    for (JdkHook hook : hooks) {
      problems.add("hook missing: " + hook.describe() + "; connections may go unseen");
    }
    return problems;
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
        problemsByClass.put(internalName, List.of("not in this JDK: class " + name));
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
    try {
      instrumentation.retransformClasses(classes);
    } catch (UnmodifiableClassException | LinkageError | UnsupportedOperationException e) {
      problemsByClass.put("", List.of("the JVM refused to retransform: " + e));
    }
  }
}
