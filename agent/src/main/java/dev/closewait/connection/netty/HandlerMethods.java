package dev.closewait.connection.netty;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which of the methods that can keep an event for themselves a handler class has of its own, and
 * the class that declares each.
 *
 * <p>Asked for one method at a time, of whose signature every class is loaded: the list of all
 * methods of a class would load classes of the application. Remembered in the handler class.
 */
final class HandlerMethods extends ClassValue<Map<String, String>> {
  private final NettyTypes types;

  HandlerMethods(NettyTypes types) {
    this.types = types;
  }

  @Override
  protected Map<String, String> computeValue(Class<?> handler) {
    Class<?> context = types.loaded(".channel.ChannelHandlerContext");
    Class<?> promise = types.loaded(".channel.ChannelPromise");
    Class<?> channel = types.loaded(".channel.Channel");
    if (context == null || promise == null || channel == null) {
      return Map.of();
    }
    Map<String, MethodType> methods =
        Map.of(
            "read", MethodType.methodType(void.class, context),
            "close", MethodType.methodType(void.class, context, promise),
            "userEventTriggered", MethodType.methodType(void.class, context, Object.class),
            "channelRead", MethodType.methodType(void.class, context, Object.class),
            "initChannel", MethodType.methodType(void.class, channel));
    Map<String, String> overrides = new HashMap<>();
    methods.forEach(
        (name, type) -> {
          Class<?> declaring = declaring(handler, name, type);
          if (declaring != null && !isNettys(declaring)) {
            overrides.put(name, declaring.getName());
          }
        });
    return Map.copyOf(overrides);
  }

  private boolean isNettys(Class<?> declaring) {
    return declaring.getName().startsWith(types.packageName() + ".channel.");
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
