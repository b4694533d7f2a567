package dev.closewait.connection;

import java.io.FileDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.CloseWaitRecord;
import java.net.CloseWaitTable;
import org.jspecify.annotations.Nullable;

/**
 * Makes records, tables and budgets of the runtime half as its hooks do; what application threads
 * call there is private to its package.
 */
final class Records {
  static final int OPEN = 0;
  static final int USE = 1;
  static final int USE_AGAIN = 2;
  static final int END = 3;

  private Records() {}

  static CloseWaitRecord accepted(Object handle, int descriptor) {
    return record(handle, descriptor, CloseWaitRecord.ACCEPTED, null);
  }

  static CloseWaitRecord record(
      Object handle, int descriptor, byte kind, @Nullable CloseWaitRecord listener) {
    return (CloseWaitRecord)
        construct(
            CloseWaitRecord.class,
            handle,
            descriptor,
            kind,
            CloseWaitRecord.SOCKET,
            listener,
            (long) descriptor);
  }

  static CloseWaitTable table() {
    return (CloseWaitTable) construct(CloseWaitTable.class);
  }

  /** A budget that allows as many stacks of each purpose. */
  static Object budget(int stacksPerPurpose) {
    Object budget = construct(type("java.net.CloseWaitBudget"));
    call(budget, "refill", stacksPerPurpose);
    return budget;
  }

  static boolean take(Object budget, int purpose, int port) {
    return (boolean) call(budget, "take", purpose, port);
  }

  /** The descriptor of a socket or channel, as the hooks are handed it. */
  static FileDescriptor descriptorOf(Object handle) {
    return (FileDescriptor) onFields("descriptorFor", numberOf(handle));
  }

  /** The very one that the socket holds. */
  static FileDescriptor fileDescriptorOf(Object handle) {
    return (FileDescriptor) onFields("fileDescriptorOf", handle);
  }

  static void onControl(String method, Object argument) {
    find(type("java.net.CloseWaitControl"), null, method, argument);
  }

  static int numberOf(Object handle) {
    return (int) onFields("descriptorOf", handle);
  }

  private static Object onFields(String method, Object argument) {
    return find(type("java.net.CloseWaitFields"), null, method, argument);
  }

  static Object call(Object target, String method, Object... arguments) {
    return find(target.getClass(), target, method, arguments);
  }

  private static Object find(
      Class<?> first, @Nullable Object target, String method, Object... arguments) {
    for (Class<?> type = first; type != null; type = type.getSuperclass()) {
      for (Method candidate : type.getDeclaredMethods()) {
        if (candidate.getName().equals(method)
            && candidate.getParameterCount() == arguments.length) {
          return invoke(candidate, target, arguments);
        }
      }
    }
    throw new AssertionError("the runtime half has no method " + method);
  }

  private static Object invoke(Method method, @Nullable Object target, Object... arguments) {
    try {
      method.setAccessible(true);
      return method.invoke(target, arguments);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new AssertionError(e);
    }
  }

  private static Object construct(Class<?> type, Object... arguments) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructors()[0];
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
