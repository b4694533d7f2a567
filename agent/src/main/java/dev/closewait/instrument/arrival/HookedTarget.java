package dev.closewait.instrument.arrival;

import dev.closewait.instrument.hook.Hook;
import dev.closewait.instrument.hook.HookedClass;
import dev.closewait.instrument.hook.HookedClass.Woven;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A class of a library, by its exact name, with its hooks.
 *
 * @param className with dots
 */
public record HookedTarget(String className, List<Hook> hooks) implements ArrivalTarget {

  @Override
  public String simpleName() {
    return className.substring(className.lastIndexOf('.') + 1);
  }

  @Override
  public boolean isNamed(String name) {
    return className.equals(name);
  }

  @Override
  public byte @Nullable [] weave(String name, byte[] classFile, @Nullable ClassLoader loader) {
    Woven woven = HookedClass.weave(name.replace('.', '/'), classFile, hooks);
    return woven.missing().isEmpty() ? woven.classFile() : null;
  }
}
