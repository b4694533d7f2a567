package dev.closewait.connection.netty;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the methods that can keep an event for themselves a handler class has of its own.
 *
 * <p>Asked for one method at a time, of whose signature every class is loaded: the list of all
 * methods of a class would load classes of the application. Remembered in the handler class.
 */
final class HandlerMethods extends ClassValue<Set<String>> {
  private final NettyTypes types;

  HandlerMethods(NettyTypes types) {
    this.types = types;
  }

  @Override
  protected Set<String> computeValue(Class<?> handler) {
    Set<String> overrides = new HashSet<>();
    Class<?> context = types.loaded(".channel.ChannelHandlerContext");
    Class<?> promise = types.loaded(".channel.ChannelPromise");
    if (context != null && promise != null) {
      addIfOwn(overrides, handler, "read", MethodType.methodType(void.class, context));
      addIfOwn(overrides, handler, "close", MethodType.methodType(void.class, context, promise));
      addIfOwn(
          overrides,
          handler,
          "userEventTriggered",
          MethodType.methodType(void.class, context, Object.class));
    }
    return Set.copyOf(overrides);
  }

  private void addIfOwn(Set<String> overrides, Class<?> handler, String name, MethodType type) {
    Class<?> declaring = declaring(handler, name, type);
    if (declaring != null && !declaring.getName().startsWith(types.packageName() + ".channel.")) {
      overrides.add(name);
    }
  }

  /** Null when there is no such method, or its module is closed to us. */
  private static @Nullable Class<?> declaring(Class<?> handler, String name, MethodType type) {
    try {
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(handler, MethodHandles.lookup());
      MethodHandle method = lookup.findVirtual(handler, name, type);
      return lookup.revealDirect(method).getDeclaringClass();
    } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
      return null;
    }
  }
}
