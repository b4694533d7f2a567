package dev.closewait.report;

import dev.closewait.connection.SocketEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When, on which thread and at which stack something happened in the sample diagnosis. */
public final class SampleEvents {

  public static final long SECOND = 1_000_000_000L;
  public static final long MINUTE = 60 * SECOND;
  public static final long NOW = 100_000 * SECOND;

  /** A thread name that tries to forge a line, to steer the terminal, and to break UTF-8. */
  public static final String HOSTILE_NAME = "w\n\u001b[2Jclosewait: no leaks\"\\\u00e9\ud800\u202e";

  static final StackTraceElement EXECUTOR =
      frame("java.util.concurrent.ThreadPoolExecutor", "runWorker", 1136);
  static final StackTraceElement THREAD = frame("java.lang.Thread", "run", 840);

  private SampleEvents() {}

  public static StackTraceElement frame(String className, String method, int line) {
    String simple = className.substring(className.lastIndexOf('.') + 1);
    String file = simple.contains("$") ? simple.substring(0, simple.indexOf('$')) : simple;
    return new StackTraceElement(
        "app", "acme.module", "1.0", className, method, file + ".java", line);
  }

  public static boolean isAcme(StackTraceElement frame) {
    return frame.getClassName().startsWith("com.acme.");
  }

  static SocketEvent event(
      long agoNanos, @Nullable String thread, @Nullable List<StackTraceElement> stack) {
    return new SocketEvent(NOW - agoNanos, thread, stack, 1, null);
  }
}
