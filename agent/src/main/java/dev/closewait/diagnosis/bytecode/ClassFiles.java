package dev.closewait.diagnosis.bytecode;

import java.util.List;

/** The class files of loaded classes, as they are now. */
public interface ClassFiles {

  /** Knows no class. */
  ClassFiles NONE = className -> List.of();

  /**
   * Those of all classes of this name, of which each class loader may have one; empty when none of
   * them can be asked for its class file.
   *
   * @param className with dots
   * @throws UnreadableClassException when the JVM or another agent refuses
   */
  List<byte[]> read(String className) throws UnreadableClassException;

  /**
   * True when a loaded class extends one of this name.
   *
   * @param className with dots
   */
  default boolean isExtended(String className) {
    return false;
  }

  /** Lets go of the classes that {@link #read} has looked at. */
  default void endScan() {}
}
