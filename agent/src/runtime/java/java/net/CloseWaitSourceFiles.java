package java.net;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import jdk.internal.misc.Unsafe;

/**
 * The source files of the classes that the agent has woven while calls of their methods were
 * running, for the stack traces of those calls.
 *
 * <p>HotSpot keeps the line of such a frame and forgets its file: {@code
 * Backtrace::get_source_file_name} in {@code javaClasses.inline.hpp} gives none once the class has
 * been redefined (OpenJDK 17 and 25). {@code StackTraceElement.computeFormat}, which each frame of
 * an exception passes before anybody sees it, calls {@link #complete}. Those of {@code
 * Thread.getStackTrace()} pass it on 25 and not on 17.
 */
public final class CloseWaitSourceFiles {
  private static final Unsafe UNSAFE = Unsafe.getUnsafe();
  private static final long FILE = offset("fileName", String.class);
  private static final long TYPE = offset("declaringClassObject", Class.class);
  private static final int MOST = 1024;

  private static volatile Source[] sources = {};

  private CloseWaitSourceFiles() {}

  private static final class Source extends WeakReference<Class<?>> {
    final String file;

    Source(Class<?> type, String file) {
      super(type);
      this.file = file;
    }
  }

  /** False on a JDK whose stack trace elements have no such fields. */
  public static boolean arePossible() {
    return FILE >= 0 && TYPE >= 0;
  }

  /**
   * Keeps the file of one class more; classes are held weakly. Called by one thread at a time.
   *
   * @return false when too many are kept already
   */
  public static boolean keep(Class<?> type, String file) {
    Source[] before = sources;
    Source[] all = new Source[before.length + 1];
    int count = 0;
    for (Source source : before) {
      if (source.refersTo(type)) {
        return true;
      }
      if (!source.refersTo(null)) {
        all[count++] = source;
      }
    }
    if (count >= MOST) {
      return false;
    }
    all[count++] = new Source(type, file);
    sources = Arrays.copyOf(all, count);
    return true;
  }

  // ---- called by StackTraceElement.computeFormat ----

  public static void complete(StackTraceElement frame) {
    try {
      Object type = UNSAFE.getReference(frame, TYPE);
      if (type != null && UNSAFE.getReference(frame, FILE) == null) {
        UNSAFE.putReference(frame, FILE, fileOf((Class<?>) type));
      }
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  private static String fileOf(Class<?> type) {
    for (Source source : sources) {
      if (source.refersTo(type)) {
        return source.file;
      }
    }
    return null;
  }

  private static long offset(String field, Class<?> type) {
    try {
      return StackTraceElement.class.getDeclaredField(field).getType() == type
          ? UNSAFE.objectFieldOffset(StackTraceElement.class, field)
          : -1;
    } catch (NoSuchFieldException e) {
      return -1;
    }
  }
}
