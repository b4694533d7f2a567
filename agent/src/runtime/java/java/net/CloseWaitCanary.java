package java.net;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Calls woven methods of the JDK without a descriptor and looks whether their hooks are reached:
 * another agent that replaces a class undoes them, and nothing else would show it.
 *
 * <p>The methods fail, or find nothing to do, before they touch any socket: reading and writing the
 * descriptor -1 gives EBADF, closing it does nothing ({@code closeFileDescriptor} in {@code
 * FileDispatcherImpl.c} and {@code UnixDispatcher.c}), and a {@code NioSocketImpl} that was never
 * created refuses (OpenJDK 17.0.15 and 25.0.3). Only the scanner calls it.
 */
public final class CloseWaitCanary {
  private static final String DISPATCHER = "sun.nio.ch.SocketDispatcher";
  private static final String IMPL = "sun.nio.ch.NioSocketImpl";

  private static long reached;
  private static Thread flying;

  private final Object dispatcher;
  private final Object impl;

  private CloseWaitCanary(Object dispatcher, Object impl) {
    this.dispatcher = dispatcher;
    this.impl = impl;
  }

  /** The methods, of those that can be tried, that do not reach their hook any more. */
  public static String[] silent() {
    CloseWaitCanary canary;
    try {
      canary = new CloseWaitCanary(create(DISPATCHER), create(IMPL, boolean.class, Boolean.FALSE));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return new String[0];
    }
    return canary.tryAll();
  }

  /** Called by the hooks for a descriptor that does not exist. */
  static void reached() {
    if (Thread.currentThread() == flying) {
      reached++;
    }
  }

  private String[] tryAll() {
    String[] silent = new String[8];
    int count = 0;
    flying = Thread.currentThread();
    try {
      for (String transfer : new String[] {"read", "readv", "write", "writev"}) {
        if (isSilent(dispatcher, transfer, CloseWaitFields.descriptorFor(-1), 0L, 1)) {
          silent[count++] = DISPATCHER.concat(".").concat(transfer);
        }
      }
      if (isSilent(dispatcher, "close", CloseWaitFields.descriptorFor(-1))) {
        silent[count++] = DISPATCHER.concat(".close");
      }
      if (isSilent(impl, "accept", impl)) {
        silent[count++] = IMPL.concat(".accept");
      }
      if (isSilent(impl, "close")) {
        silent[count++] = IMPL.concat(".close");
      }
    } finally {
      flying = null;
    }
    return Arrays.copyOf(silent, count);
  }

  private static boolean isSilent(Object target, String name, Object... arguments) {
    Method method = find(target.getClass(), name, arguments);
    if (method == null) {
      return false;
    }
    long before = reached;
    try {
      method.setAccessible(true);
      method.invoke(target, arguments);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Expected: there is no descriptor.
    }
    return reached == before;
  }

  private static Method find(Class<?> type, String name, Object... arguments) {
    for (Class<?> c = type; c != Object.class; c = c.getSuperclass()) {
      for (Method method : c.getDeclaredMethods()) {
        if (method.getName().equals(name)
            && method.getParameterCount() == arguments.length
            && accepts(method.getParameterTypes(), arguments)) {
          return method;
        }
      }
    }
    return null;
  }

  /** Enough to tell apart the overloads of the woven methods. */
  private static boolean accepts(Class<?>[] types, Object... arguments) {
    return types.length == 0
        || types[0].isInstance(arguments[0]) && (types.length == 1 || types[1] == long.class);
  }

  private static Object create(String className, Object... signature)
      throws ReflectiveOperationException {
    Class<?> type = Class.forName(className, true, null);
    Constructor<?> constructor =
        signature.length == 0
            ? type.getDeclaredConstructor()
            : type.getDeclaredConstructor((Class<?>) signature[0]);
    constructor.setAccessible(true);
    return signature.length == 0
        ? constructor.newInstance()
        : constructor.newInstance(signature[1]);
  }
}
