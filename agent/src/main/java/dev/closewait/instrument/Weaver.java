package dev.closewait.instrument;

import dev.closewait.instrument.hook.Hook;
import dev.closewait.instrument.hook.HookedClass;
import dev.closewait.instrument.hook.HookedClass.Woven;
import dev.closewait.instrument.jdk.JdkHooks;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.net.CloseWaitCanary;
import java.net.CloseWaitDefinitions;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts the hooks into the classes of the JDK, and puts them in again when somebody undoes them.
 *
 * <p>It is registered only while it weaves. As long as any agent has a transformer, HotSpot keeps
 * every virtual thread reachable, and with it the sockets on its stack (measured on 25.0.3); an
 * archive of classes loads slower; and with a full heap each class that is loaded prints an
 * assertion of {@code java.lang.instrument} (17.0.15). The price: when another agent or JFR
 * retransforms a woven class, its hooks are gone until the next scan, where a canary shows it.
 *
 * <p>{@code transform} runs on whatever thread loads a class meanwhile; the rest is called by the
 * thread that starts the agent and by the scanner, never by both at once.
 */
public final class Weaver implements ClassFileTransformer {
  /** Another agent that undoes the hooks each time is not worth a fight. */
  private static final int MAX_REPAIRS = 3;

  private final Instrumentation instrumentation;
  private final FrameFiles frameFiles;
  private final Map<String, List<Hook>> hooksByClass = new LinkedHashMap<>();
  private final Map<String, List<String>> problemsByClass = new ConcurrentHashMap<>();
  private int repairs;
  private int definitionRepairs;

  public Weaver(Instrumentation instrumentation, FrameFiles frameFiles, int feature) {
    this.instrumentation = instrumentation;
    this.frameFiles = frameFiles;
    for (Hook hook : JdkHooks.forFeature(feature)) {
      List<Hook> ofClass = hooksByClass.get(hook.owner());
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
    try {
      retransform(classes);
    } finally {
      instrumentation.removeTransformer(this);
    }
  }

  /** Restores the original bytes. */
  public void remove() {
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
   * The same, and the hooks that were undone and could not be put in again: to be asked once the
   * application has used a socket, since the canary initialises the JDK's network classes.
   */
  public List<String> problemsNow() {
    String[] silent = CloseWaitCanary.silent();
    if (silent.length > 0 && repairs < MAX_REPAIRS) {
      repairs++;
      frameFiles.prepare();
      weave();
      silent = CloseWaitCanary.silent();
    }
    List<String> problems = problems();
    for (String place : silent) {
      problems.add(
          "hook undone: " + place + " was replaced by another agent; connections go unseen");
    }
    if (definitionRepairs == MAX_REPAIRS && !CloseWaitDefinitions.areHooked()) {
      problems.add(
          "hook undone: java.lang.ClassLoader was replaced by another agent; libraries that are"
              + " loaded from now on are woven late: start closewait after it");
    }
    return problems;
  }

  /**
   * Puts the hooks in again when another agent has undone those of class loaders: one that starts
   * after us does, and most libraries are loaded before the first scan.
   */
  public void keepDefinitions() {
    if (definitionRepairs < MAX_REPAIRS && !CloseWaitDefinitions.areHooked()) {
      definitionRepairs++;
      frameFiles.prepare();
      weave();
    }
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable Module module,
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    List<Hook> hooks = loader != null || name == null ? null : hooksByClass.get(name);
    if (name == null || hooks == null) {
      return null;
    }
    try {
      Woven woven = HookedClass.weave(name, classFile, hooks);
      problemsByClass.put(name, missing(woven.missing()));
      if (redefined != null) {
        frameFiles.keep(redefined, classFile);
      }
      return woven.classFile();
    } catch (Throwable t) {
      problemsByClass.put(name, List.of("not instrumented: " + name.replace('/', '.') + ": " + t));
      return null;
    }
  }

  private static List<String> missing(List<Hook> hooks) {
    List<String> problems = new ArrayList<>();
    for (Hook hook : hooks) {
      problems.add("hook missing: " + hook.describe() + "; connections may go unseen");
    }
    return problems;
  }

  private Class<?>[] classes() {
    List<Class<?>> classes = new ArrayList<>();
    for (String internalName : hooksByClass.keySet()) {
      String name = internalName.replace('/', '.');
      try {
        classes.add(Class.forName(name, false, null));
      } catch (ClassNotFoundException | LinkageError e) {
        problemsByClass.put(internalName, List.of("not in this JDK: class " + name));
      }
    }
    return classes.toArray(new Class<?>[0]);
  }

  private void retransform(Class<?>[] classes) {
    try {
      instrumentation.retransformClasses(classes);
      problemsByClass.remove("");
    } catch (UnmodifiableClassException | LinkageError | UnsupportedOperationException e) {
      problemsByClass.put("", List.of("the JVM refused to retransform: " + e));
    }
  }
}
