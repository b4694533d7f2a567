package java.net;

/**
 * Something that happened to a connection: written by the application thread that saw it, refined
 * by the scanner.
 *
 * <p>All fields are plain: a reader may miss the newest value for one scan, never see a torn one,
 * since every reference is to an object that is complete before it is stored.
 */
public class CloseWaitEvent {
  private final long atNanos;
  private final String threadName;
  Object stack;
  int count;
  private Object error;

  CloseWaitEvent(Object stack, Object error) {
    this.atNanos = System.nanoTime();
    this.threadName = Thread.currentThread().getName();
    this.stack = stack;
    this.error = error;
    this.count = 1;
  }

  /** Of which neither time nor thread is known. */
  CloseWaitEvent() {
    this.atNanos = System.nanoTime();
    this.threadName = null;
    this.count = 1;
  }

  /** On the clock of {@link System#nanoTime()}. */
  public final long atNanos() {
    return atNanos;
  }

  /** Empty for most virtual threads, null when it is not known. */
  public final String threadName() {
    return threadName;
  }

  /**
   * A {@link Throwable} until the scanner resolved it, then {@code StackTraceElement[]}; null when
   * none was taken.
   */
  public final Object stack() {
    return stack;
  }

  /** How often it happened. */
  public final int count() {
    return count;
  }

  /**
   * The {@link Throwable} until the scanner resolved it, then its text; null when the event is no
   * error.
   */
  public final Object error() {
    return error;
  }

  /** Replaces an exception, which may hold application objects, by what is printed of it. */
  public final void describeError(String text) {
    error = text;
  }

  /** Replaces a stack that was not resolved yet. */
  public final void resolve(StackTraceElement[] frames) {
    stack = frames;
  }
}
