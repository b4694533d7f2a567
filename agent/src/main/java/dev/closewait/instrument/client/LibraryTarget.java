package dev.closewait.instrument.client;

import dev.closewait.instrument.arrival.ArrivalTarget;
import dev.closewait.instrument.hook.Hook;
import dev.closewait.instrument.hook.HookedClass;
import dev.closewait.library.LibraryMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One class of a client library, by its exact name, with the methods that the data file names.
 *
 * <p>Any version of the library may come: a method that it lacks, or that does not have the
 * operands, is left alone.
 *
 * @param className with dots
 */
record LibraryTarget(String className, List<LibraryMethod> methods) implements ArrivalTarget {

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
    List<Hook> hooks = ClassShape.of(classFile).hooks(name.replace('.', '/'), methods);
    return hooks.isEmpty()
        ? null
        : HookedClass.weave(name.replace('.', '/'), classFile, hooks).classFile();
  }
}
