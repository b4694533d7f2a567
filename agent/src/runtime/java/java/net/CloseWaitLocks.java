package java.net;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.reflect.Method;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.stream.Stream;

/**
 * What one thread waits for and what it holds, also of a virtual one; only the scanner asks, and
 * nothing is locked for it.
 *
 * <p>The owner of a synchronizer is a field that Java 17 and 25 have. Monitors are told by {@code
 * jdk.internal.vm.ThreadSnapshot}, which is in 25 and not in 21: read in OpenJDK 25.0.3.
 */
public final class CloseWaitLocks {
  private static final long OWNER =
      CloseWaitFields.offset(
          AbstractOwnableSynchronizer.class.getName(), "exclusiveOwnerThread", Thread.class);
  private static final Class<?> SNAPSHOT = snapshotClass();
  private static final MethodHandle OF = find("of", SNAPSHOT, Thread.class);
  private static final MethodHandle BLOCKED_ON = find("blockedOn", Object.class);
  private static final MethodHandle WAITING_ON = find("waitingOn", Object.class);
  private static final MethodHandle STACK = find("stackTrace", StackTraceElement[].class);
  private static final MethodHandle MONITORS_AT = find("ownedMonitorsAt", Stream.class, int.class);

  private CloseWaitLocks() {}

  /** Initialises this class, while there is heap for it. */
  public static void prepare() {}

  public static boolean isVirtual(Thread thread) {
    return CloseWaitFields.isVirtual(thread);
  }

  /** The thread that holds a lock of {@code java.util.concurrent}; null when there is none. */
  public static Thread ownerOf(Object synchronizer) {
    return synchronizer instanceof AbstractOwnableSynchronizer
        ? (Thread) CloseWaitFields.read(synchronizer, OWNER)
        : null;
  }

  /** The monitor that a thread waits to enter; null when there is none, or it is not told. */
  public static Object blockedOn(Thread thread) {
    return ask(BLOCKED_ON, thread);
  }

  /** The object in whose {@code wait()} a thread is; null when it is in none, or it is not told. */
  public static Object waitingOn(Thread thread) {
    return ask(WAITING_ON, thread);
  }

  /** True when this JDK tells the monitors of any thread. */
  public static boolean tellsMonitors() {
    return OF != null && BLOCKED_ON != null && STACK != null && MONITORS_AT != null;
  }

  /** The frame in which the thread entered a monitor that it holds; null when it does not. */
  public static StackTraceElement frameHolding(Thread thread, Object monitor) {
    if (!tellsMonitors() || waitingOn(thread) == monitor) {
      return null;
    }
    try {
      Object snapshot = OF.invoke(thread);
      StackTraceElement[] frames = (StackTraceElement[]) STACK.invoke(snapshot);
      // From the outermost: there the monitor was entered first.
      for (int depth = frames.length - 1; depth >= 0; depth--) {
        for (Object held : ((Stream<?>) MONITORS_AT.invoke(snapshot, depth)).toArray()) {
          if (held == monitor) {
            return frames[depth];
          }
        }
      }
    } catch (Throwable t) {
      // It has ended meanwhile, or the JVM does not tell.
    }
    return null;
  }

  /** The JDK throws where the thread is not in the state that the question is about. */
  private static Object ask(MethodHandle question, Thread thread) {
    if (OF == null || question == null) {
      return null;
    }
    try {
      Object snapshot = OF.invoke(thread);
      return snapshot == null ? null : question.invoke(snapshot);
    } catch (Throwable t) {
      return null;
    }
  }

  private static Class<?> snapshotClass() {
    try {
      return Class.forName("jdk.internal.vm.ThreadSnapshot", false, null);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  private static MethodHandle find(String name, Class<?> result, Class<?>... parameters) {
    if (SNAPSHOT == null) {
      return null;
    }
    try {
      Lookup lookup = MethodHandles.privateLookupIn(SNAPSHOT, MethodHandles.lookup());
      return lookup.unreflect(method(name, result, parameters));
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  private static Method method(String name, Class<?> result, Class<?>... parameters)
      throws NoSuchMethodException {
    Method method = SNAPSHOT.getDeclaredMethod(name, parameters);
    if (method.getReturnType() != result) {
      throw new NoSuchMethodException(name);
    }
    return method;
  }
}
