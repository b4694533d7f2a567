package dev.closewait.benchmarks;

import java.io.FileDescriptor;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.SocketAddress;

/**
 * The agent's runtime half, which stands in {@code java.base} only while an agent does: by method
 * handles, which the JIT inlines like the calls in the woven methods.
 */
final class Hooks {
  private static final String CONTROL = "java.net.CloseWaitControl";
  private static final String HOOKS = "java.net.CloseWaitHooks";
  private static final String CLIENTS = "java.net.CloseWaitClients";

  private static final String DEFINITIONS = "java.net.CloseWaitDefinitions";

  private static final MethodHandle PAUSE = find(CONTROL, "pause", boolean.class);
  private static final MethodHandle READ = find(HOOKS, "read", int.class, FileDescriptor.class);
  private static final MethodHandle CONNECTING =
      find(HOOKS, "connecting", Object.class, SocketAddress.class);
  private static final MethodHandle LISTENING = find(HOOKS, "listening", Object.class);
  private static final MethodHandle JOINED = find(CLIENTS, "joined", Object.class, Object.class);
  private static final MethodHandle LEASED = find(CLIENTS, "leased", Object.class, int.class);
  private static final MethodHandle RELEASED = find(CLIENTS, "released", Object.class, int.class);
  private static final MethodHandle CLOSING = find(HOOKS, "closing", FileDescriptor.class);

  private static final MethodHandle LISTEN =
      find(DEFINITIONS, "listen", type(DEFINITIONS + "$Listener"));
  private static final MethodHandle DEFINING =
      find(
          DEFINITIONS,
          "defining",
          MethodType.methodType(
              byte[].class, String.class, byte[].class, int.class, int.class, ClassLoader.class));

  private Hooks() {}

  static void pause(boolean paused) {
    try {
      PAUSE.invokeExact(paused);
    } catch (Throwable t) {
      throw new IllegalStateException(t);
    }
  }

  static void read(int n, FileDescriptor fd) throws Throwable {
    READ.invokeExact(n, fd);
  }

  static void connecting(Object handle, SocketAddress remote) throws Throwable {
    CONNECTING.invokeExact(handle, remote);
  }

  static void listening(Object handle) throws Throwable {
    LISTENING.invokeExact(handle);
  }

  static void joined(Object part, Object whole) throws Throwable {
    JOINED.invokeExact(part, whole);
  }

  static void leased(Object object, int row) throws Throwable {
    LEASED.invokeExact(object, row);
  }

  static void released(Object object, int row) throws Throwable {
    RELEASED.invokeExact(object, row);
  }

  static void closing(FileDescriptor fd) throws Throwable {
    CLOSING.invokeExact(fd);
  }

  static void listenToNoDefinition() throws Throwable {
    LISTEN.invoke((Object) null);
  }

  static byte[] defining(String name, byte[] classFile, int offset, int length, ClassLoader loader)
      throws Throwable {
    return (byte[]) DEFINING.invokeExact(name, classFile, offset, length, loader);
  }

  private static MethodHandle find(String owner, String name, Class<?>... parameters) {
    return find(owner, name, MethodType.methodType(void.class, parameters));
  }

  private static MethodHandle find(String owner, String name, MethodType type) {
    try {
      return MethodHandles.publicLookup().findStatic(type(owner), name, type);
    } catch (ReflectiveOperationException e) {
      throw withoutAgent(e);
    }
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name, true, null);
    } catch (ClassNotFoundException e) {
      throw withoutAgent(e);
    }
  }

  private static IllegalStateException withoutAgent(Exception cause) {
    return new IllegalStateException("this JVM runs without the closewait agent: " + cause, cause);
  }
}
