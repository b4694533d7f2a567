package java.net;

import jdk.internal.misc.Unsafe;

/**
 * Two private fields of Netty that no method tells; only the scanner reads them.
 *
 * <p>Both are there in all releases from 4.1.0 to 4.2.20. Their offsets are remembered in the
 * classes that declare them, so that no loader is held.
 */
public final class CloseWaitNettyFields extends ClassValue<Long> {
  private static final CloseWaitNettyFields CHILD_HANDLER =
      new CloseWaitNettyFields(
          ".bootstrap.ServerBootstrap$ServerBootstrapAcceptor", "childHandler");
  private static final CloseWaitNettyFields THREAD =
      new CloseWaitNettyFields(".util.concurrent.SingleThreadEventExecutor", "thread");

  private static final long UNKNOWN = -1;

  private final String suffix;
  private final String field;

  private CloseWaitNettyFields(String suffix, String field) {
    this.suffix = suffix;
    this.field = field;
  }

  /**
   * The handler that an acceptor gives to the channels that it accepts; null of anything else.
   *
   * @param handler any handler of a server channel
   */
  public static Object childHandler(Object handler) {
    return CHILD_HANDLER.read(handler);
  }

  /** True when {@link #thread} is known of this event loop. */
  public static boolean hasThreadField(Object eventLoop) {
    return THREAD.get(eventLoop.getClass()) != UNKNOWN;
  }

  /**
   * The thread that runs an event loop; null when it has none at this moment, or is of no known
   * class.
   */
  public static Thread thread(Object eventLoop) {
    Object thread = THREAD.read(eventLoop);
    return thread instanceof Thread ? (Thread) thread : null;
  }

  private Object read(Object owner) {
    long offset = owner == null ? UNKNOWN : get(owner.getClass());
    return offset == UNKNOWN ? null : CloseWaitFields.read(owner, offset);
  }

  @Override
  protected Long computeValue(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (c.getName().endsWith(suffix)) {
        return offset(c);
      }
    }
    return UNKNOWN;
  }

  private Long offset(Class<?> owner) {
    try {
      return owner.getDeclaredField(field).getType().isPrimitive()
          ? UNKNOWN
          : Unsafe.getUnsafe().objectFieldOffset(owner, field);
    } catch (ReflectiveOperationException | LinkageError e) {
      return UNKNOWN;
    }
  }
}
