package dev.closewait.connection.netty;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * A method without parameters that one copy of Netty may have or not: without it one line of a
 * report stays blank, and nothing else.
 */
final class NettyQuestion {
  private static final MethodType ASKED = MethodType.methodType(Object.class, Object.class);

  private final @Nullable Class<?> owner;
  private final @Nullable MethodHandle method;

  private NettyQuestion(@Nullable Class<?> owner, @Nullable MethodHandle method) {
    this.owner = owner;
    this.method = method;
  }

  /**
   * @param owner public class or interface; null when this copy has none
   * @param answer what the method returns; null when this copy has no such class
   */
  static NettyQuestion of(@Nullable Class<?> owner, String name, @Nullable Class<?> answer) {
    if (owner == null || answer == null) {
      return new NettyQuestion(null, null);
    }
    try {
      MethodHandle found =
          MethodHandles.publicLookup().findVirtual(owner, name, MethodType.methodType(answer));
      return new NettyQuestion(owner, found.asType(ASKED));
    } catch (ReflectiveOperationException | LinkageError e) {
      return new NettyQuestion(null, null);
    }
  }

  /** Null also when it cannot be asked or throws. */
  @Nullable Object ask(@Nullable Object target) {
    if (method == null || owner == null || !owner.isInstance(target)) {
      return null;
    }
    try {
      return (Object) method.invokeExact(target);
    } catch (Throwable t) {
      // A channel that was never registered throws for its event loop, to name one.
      return null;
    }
  }

  @Nullable Boolean isTrue(@Nullable Object target) {
    return ask(target) instanceof Boolean answer ? answer : null;
  }

  /** -1 when it is not known. */
  long number(@Nullable Object target) {
    return ask(target) instanceof Number answer ? answer.longValue() : -1;
  }
}
