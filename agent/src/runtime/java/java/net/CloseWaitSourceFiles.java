package java.net;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
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

  private static final AtomicReference<Source[]> SOURCES = new AtomicReference<>(new Source[0]);

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

  /** Keeps the file of one class more, up to a bound; classes are held weakly. */
  public static void keep(Class<?> type, String file) {
    Source[] before;
    Source[] after;
    do {
      before = SOURCES.get();
      after = with(before, type, file);
    } while (after != null && !SOURCES.compareAndSet(before, after));
  }

  /** Null when it is there already, or has no room. */
  private static Source[] with(Source[] before, Class<?> type, String file) {
    Source[] all = new Source[before.length + 1];
    int count = 0;
    for (Source source : before) {
      if (source.refersTo(type)) {
        return null;
      }
      if (!source.refersTo(null)) {
        all[count++] = source;
      }
    }
    if (count >= MOST) {
      return null;
    }
    all[count++] = new Source(type, file);
    return Arrays.copyOf(all, count);
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
    for (Source source : SOURCES.get()) {
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
