package java.net;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * What an exception says, read without calling what a class of the application has overridden; only
 * the scanner calls it.
 *
 * <p>Members read in OpenJDK 17.0.15 and 25.0.3.
 */
public final class CloseWaitThrown {
  private static final long MESSAGE =
      CloseWaitFields.offset("java.lang.Throwable", "detailMessage", String.class);
  private static final MethodHandle STACK = stack();

  private CloseWaitThrown() {}

  /** Initialises this class, while there is heap for it. */
  public static void prepare() {}

  /** The message that it was made with; null when there is none. */
  public static String message(Throwable thrown) {
    return (String) CloseWaitFields.read(thrown, MESSAGE);
  }

  /** Its frames, innermost first; empty when the JVM has left them out. */
  public static StackTraceElement[] stack(Throwable thrown) {
    try {
      return (StackTraceElement[]) STACK.invokeExact(thrown);
    } catch (Throwable t) {
      return new StackTraceElement[0];
    }
  }

  private static MethodHandle stack() {
    try {
      return MethodHandles.privateLookupIn(Throwable.class, MethodHandles.lookup())
          .findSpecial(
              Throwable.class,
              "getStackTrace",
              MethodType.methodType(StackTraceElement[].class),
              Throwable.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
