package java.net;

import java.nio.ByteBuffer;
import java.util.Arrays;
import jdk.internal.loader.BuiltinClassLoader;

/**
 * Shows the agent the class files of a few library classes before they are defined, so that they
 * can be woven without a transformer, and the classes that come out of an archive.
 *
 * <p>Called by {@code ClassLoader.defineClass} for every class that a loader written in Java
 * defines (OpenJDK 17.0.15 and 25.0.3), on whatever thread loads it and with its loader's locks.
 */
public final class CloseWaitDefinitions {
  private static final Canary CANARY = new Canary();

  private static volatile Listener listener;

  private CloseWaitDefinitions() {}

  /** What the agent does with a class file. */
  public interface Listener {

    /**
     * Quick: it is asked for every class.
     *
     * @param name with dots
     */
    boolean isAwaited(String name);

    /**
     * The class file to define instead; null to leave it.
     *
     * @param name with dots
     */
    byte[] weave(String name, byte[] classFile, ClassLoader loader);

    /** An awaited class that its loader has, from wherever: each look-up comes by. */
    void found(Class<?> type);
  }

  /** A loader that has no class: whether its look-up comes by here shows who has woven last. */
  private static final class Canary extends ClassLoader {
    private boolean reached;

    Canary() {
      super(null);
    }

    boolean isHeard() {
      reached = false;
      findLoadedClass("closewait.Canary");
      return reached;
    }
  }

  /**
   * False when another agent has replaced {@code ClassLoader} and undone the hooks. Called by one
   * thread.
   */
  public static boolean areHooked() {
    return CANARY.isHeard();
  }

  /** Null stops it. */
  public static void listen(Listener next) {
    listener = next;
  }

  /** Returns what to define: the array it is given, or another that is to be defined whole. */
  public static byte[] defining(
      String name, byte[] classFile, int offset, int length, ClassLoader loader) {
    Listener current = listener;
    if (current == null || name == null || !isSlice(classFile, offset, length)) {
      return classFile;
    }
    try {
      if (!current.isAwaited(name)) {
        return classFile;
      }
      byte[] woven =
          current.weave(name, Arrays.copyOfRange(classFile, offset, offset + length), loader);
      return woven == null ? classFile : woven;
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
      return classFile;
    }
  }

  /** A buffer that is not direct comes by again as an array. */
  public static ByteBuffer defining(String name, ByteBuffer classFile, ClassLoader loader) {
    Listener current = listener;
    if (current == null || name == null || classFile == null || !classFile.isDirect()) {
      return classFile;
    }
    try {
      if (!current.isAwaited(name)) {
        return classFile;
      }
      byte[] original = new byte[classFile.remaining()];
      classFile.duplicate().get(original);
      byte[] woven = current.weave(name, original, loader);
      return woven == null ? classFile : ByteBuffer.wrap(woven);
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
      return classFile;
    }
  }

  /**
   * A class loader has looked among its classes.
   *
   * <p>Classes of a class-data archive come up here, without being defined (HotSpot 17 and 25,
   * {@code JVM_FindLoadedClass}), in the JDK's own loaders only: others define what they load.
   *
   * @param type null when it has none of that name
   */
  public static void found(Class<?> type, Object loader) {
    if (loader == CANARY) {
      CANARY.reached = true;
    }
    Listener current = listener;
    if (type == null || current == null || !(loader instanceof BuiltinClassLoader)) {
      return;
    }
    try {
      if (current.isAwaited(type.getName())) {
        current.found(type);
      }
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  /** The JVM refuses any other, in its own words. */
  private static boolean isSlice(byte[] array, int offset, int length) {
    return array != null && offset >= 0 && length >= 0 && offset <= array.length - length;
  }

  /** The offset that goes with what {@link #defining} returned. */
  public static int offset(byte[] returned, byte[] given, int offset) {
    return returned == given ? offset : 0;
  }

  /** The length that goes with what {@link #defining} returned. */
  public static int length(byte[] returned, byte[] given, int length) {
    return returned == given ? length : returned.length;
  }
}
