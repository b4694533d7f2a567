package dev.closewait.connection.netty;

import org.jspecify.annotations.Nullable;

/**
 * Finds the classes of one copy of Netty without loading any: from the objects that are there, or
 * by a name that the JVM has resolved for the same loader long ago.
 */
final class NettyTypes {
  private final String packageName;
  private final @Nullable ClassLoader loader;

  /**
   * @param packageName of the copy: {@code io.netty} where it was not moved
   */
  NettyTypes(String packageName, @Nullable ClassLoader loader) {
    this.packageName = packageName;
    this.loader = loader;
  }

  String packageName() {
    return packageName;
  }

  /** The supertype of that name, or the class itself; null when there is none. */
  static @Nullable Class<?> supertype(@Nullable Class<?> type, String suffix) {
    if (type == null || type.getName().endsWith(suffix)) {
      return type;
    }
    for (Class<?> implemented : type.getInterfaces()) {
      Class<?> found = supertype(implemented, suffix);
      if (found != null) {
        return found;
      }
    }
    return supertype(type.getSuperclass(), suffix);
  }

  /**
   * A class that is loaded whenever a channel is.
   *
   * @param name in the copy: {@code .channel.Channel}
   */
  @Nullable Class<?> loaded(String name) {
    try {
      return Class.forName(packageName + name, false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }

  /**
   * True when only code of Netty answers: what the application has overridden might lock, or never
   * return.
   */
  boolean isNettys(@Nullable Object target) {
    return target != null && target.getClass().getName().startsWith(packageName + ".");
  }
}
