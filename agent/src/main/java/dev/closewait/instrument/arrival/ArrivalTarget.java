package dev.closewait.instrument.arrival;

import org.jspecify.annotations.Nullable;

/**
 * One class of a library that is woven when it is loaded, in each copy of the library.
 *
 * <p>Called on application threads that load a class and hold their loader's locks: no class of the
 * application may be loaded or initialised here, and no lock be waited for.
 */
public interface ArrivalTarget {

  /** The end of the class name: what follows the last dot. */
  String simpleName();

  /**
   * True for a class that may be woven.
   *
   * @param className with dots; it ends with {@link #simpleName()}
   */
  boolean isNamed(String className);

  /**
   * The woven class file; null when this is a class of the same name of something else.
   *
   * @param loader null for the boot loader
   */
  byte @Nullable [] weave(String className, byte[] classFile, @Nullable ClassLoader loader);
}
