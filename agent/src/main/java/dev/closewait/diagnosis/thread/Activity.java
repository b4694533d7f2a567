package dev.closewait.diagnosis.thread;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a thread does, as far as its state and the innermost frames of its stack tell. */
public enum Activity {
  READS("waits for data from the network", true),
  WRITES("waits for the network to take data", true),
  CONNECTS("waits to be connected", true),
  ACCEPTS("waits for a connection to accept", true),
  SELECTS("waits in a selector", true),
  SLEEPS("sleeps", false),
  WAITS("waits", false),
  BLOCKED("is blocked on a monitor", false),
  IN_NATIVE_CODE("runs in native code", false),
  RUNS("runs", false),
  ENDED("has ended", false);

  /** A wait for the network is a few frames of the JDK deep, deeper on a virtual thread. */
  private static final int FRAMES = 16;

  private static final int SLEEP_FRAMES = 4;

  /** The native methods in which Netty's event loops wait for events, whatever their prefix. */
  private static final List<String> NATIVE_SELECTORS =
      List.of(".channel.epoll.Native", ".channel.uring.Native", ".channel.kqueue.Native");

  private final String words;
  private final boolean network;

  Activity(String words, boolean network) {
    this.words = words;
    this.network = network;
  }

  /** A predicate without its subject. */
  public String words() {
    return words;
  }

  /** True when it waits for the network, in whatever way. */
  public boolean isNetwork() {
    return network;
  }

  /**
   * The JVM calls a thread runnable also while the kernel lets it wait, and a virtual thread that
   * waits for the network waiting.
   *
   * @param stack innermost first
   */
  public static Activity of(Thread.State state, List<StackTraceElement> stack) {
    if (state == Thread.State.TERMINATED) {
      return ENDED;
    }
    if (state == Thread.State.BLOCKED) {
      return BLOCKED;
    }
    Activity network = isNativeSelector(stack) ? SELECTS : network(stack);
    if (network != null) {
      return network;
    }
    if (state == Thread.State.RUNNABLE || state == Thread.State.NEW) {
      return !stack.isEmpty() && stack.get(0).isNativeMethod() ? IN_NATIVE_CODE : RUNS;
    }
    return isSleep(stack) ? SLEEPS : WAITS;
  }

  private static boolean isNativeSelector(List<StackTraceElement> stack) {
    return !stack.isEmpty()
        && NATIVE_SELECTORS.stream().anyMatch(stack.get(0).getClassName()::endsWith);
  }

  private static @Nullable Activity network(List<StackTraceElement> stack) {
    boolean inNetwork = false;
    for (StackTraceElement frame : innermost(stack)) {
      String type = frame.getClassName();
      boolean isNetwork = type.startsWith("sun.nio.ch.") || type.startsWith("java.net.");
      if (!isNetwork && (inNetwork || !isWaiting(type))) {
        return null;
      }
      inNetwork |= isNetwork;
      Activity activity = isNetwork ? byMethod(frame.getMethodName()) : null;
      if (activity != null) {
        return activity;
      }
    }
    return null;
  }

  private static List<StackTraceElement> innermost(List<StackTraceElement> stack) {
    return stack.subList(0, Math.min(FRAMES, stack.size()));
  }

  /** What may stand inside a frame of the network. */
  private static boolean isWaiting(String type) {
    return type.equals("java.lang.VirtualThread")
        || type.equals("java.lang.System$1")
        || type.startsWith("jdk.internal.")
        || type.startsWith("java.util.concurrent.locks.LockSupport");
  }

  private static @Nullable Activity byMethod(String method) {
    String name = method.toLowerCase(Locale.ROOT);
    if (name.contains("select")) {
      return SELECTS;
    }
    if (name.contains("accept")) {
      return ACCEPTS;
    }
    if (name.contains("connect")) {
      return CONNECTS;
    }
    if (name.contains("write")) {
      return WRITES;
    }
    return name.contains("read") ? READS : null;
  }

  private static boolean isSleep(List<StackTraceElement> stack) {
    for (StackTraceElement frame : stack.subList(0, Math.min(SLEEP_FRAMES, stack.size()))) {
      if (frame.getMethodName().startsWith("sleep")) {
        return true;
      }
    }
    return false;
  }
}
