package dev.closewait.instrument;

import dev.closewait.instrument.jdk.HookedClass;
import dev.closewait.instrument.jdk.HookedClass.Woven;
import dev.closewait.instrument.jdk.JdkHook;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last transformer in the chain for the time of one batch: changes nothing, and tells which
 * hooks the others left in.
 */
final class HookVerifier implements ClassFileTransformer {
  private final Map<String, List<JdkHook>> hooksByClass;
  private final Map<String, Woven> wovenByClass;
  private final Map<String, List<JdkHook>> missingByClass = new HashMap<>();

  /**
   * @param wovenByClass what the weaver made in the same batch: the same bytes need not be read
   *     again
   */
  HookVerifier(Map<String, List<JdkHook>> hooksByClass, Map<String, Woven> wovenByClass) {
    this.hooksByClass = hooksByClass;
    this.wovenByClass = wovenByClass;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable Module module,
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    List<JdkHook> hooks = loader == null && name != null ? hooksByClass.get(name) : null;
    if (name != null && hooks != null) {
      try {
        missingByClass.put(name, missing(name, classFile, hooks));
      } catch (Throwable t) {
        missingByClass.put(name, hooks);
      }
    }
    return null;
  }

  private List<JdkHook> missing(String name, byte[] classFile, List<JdkHook> hooks) {
    Woven woven = wovenByClass.get(name);
    return woven != null && Arrays.equals(woven.classFile(), classFile)
        ? woven.missing()
        : HookedClass.missing(classFile, hooks);
  }

  /** The hooks that are missing in {@code classes}, one line a method. */
  List<String> problems(Class<?>[] classes) {
    List<String> problems = new ArrayList<>();
    for (Class<?> type : classes) {
      String name = type.getName().replace('.', '/');
      List<JdkHook> expected = hooksByClass.getOrDefault(name, List.of());
      for (JdkHook hook : missingByClass.getOrDefault(name, expected)) {
        String problem = "hook missing: " + hook.describe() + "; connections may go unseen";
        if (!problems.contains(problem)) {
          problems.add(problem);
        }
      }
    }
    return problems;
  }
}
