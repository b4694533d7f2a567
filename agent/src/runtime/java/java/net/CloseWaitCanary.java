package java.net;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Arrays;
import jdk.internal.misc.Unsafe;

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
  private static final String CHANNEL = "sun.nio.ch.SocketChannelImpl";
  private static final String SERVER_CHANNEL = "sun.nio.ch.ServerSocketChannelImpl";

  private static final int MAX_SILENT = 16;

  private static final Unsafe UNSAFE = Unsafe.getUnsafe();

  private static long reached;
  private static Thread flying;

  private final String[] silent = new String[MAX_SILENT];
  private int count;

  private CloseWaitCanary() {}

  /** The methods, of those that can be tried, that do not reach their hook any more. */
  public static String[] silent() {
    CloseWaitCanary canary = new CloseWaitCanary();
    flying = Thread.currentThread();
    try {
      canary.tryDispatcher(create(DISPATCHER));
      canary.trySocket(create(IMPL, boolean.class, Boolean.FALSE));
      canary.tryChannels(withoutDescriptor(CHANNEL), withoutDescriptor(SERVER_CHANNEL));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      // Another JDK: the weaver has said what it did not find.
    } finally {
      flying = null;
    }
    return Arrays.copyOf(canary.silent, canary.count);
  }

  /** Called by the hooks for a descriptor that does not exist. */
  static void reached() {
    if (Thread.currentThread() == flying) {
      reached++;
    }
  }

  private void tryDispatcher(Object dispatcher) {
    for (String transfer : new String[] {"read", "readv", "write", "writev"}) {
      attempt(DISPATCHER, dispatcher, transfer, CloseWaitFields.descriptorFor(-1), 0L, 1);
    }
    attempt(DISPATCHER, dispatcher, "close", CloseWaitFields.descriptorFor(-1));
  }

  private void trySocket(Object impl) {
    attempt(IMPL, impl, "accept", impl);
    attempt(IMPL, impl, "close");
  }

  /** The address is never looked up, and the channels have no locks: each method fails at once. */
  private void tryChannels(Object channel, Object server) {
    Object nowhere = InetSocketAddress.createUnresolved("closewait.invalid", 1);
    attempt(CHANNEL, channel, "connect", nowhere);
    attempt(CHANNEL, channel, "implCloseSelectableChannel");
    attempt(SERVER_CHANNEL, server, "accept");
  }

  private void attempt(String className, Object target, String method, Object... arguments) {
    if (isSilent(target, method, arguments)) {
      silent[count++] = className.concat(".").concat(method);
    }
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

  private static Object withoutDescriptor(String className) throws ReflectiveOperationException {
    Class<?> type = Class.forName(className, true, null);
    Object channel = UNSAFE.allocateInstance(type);
    UNSAFE.putInt(channel, UNSAFE.objectFieldOffset(type, "fdVal"), -1);
    return channel;
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
