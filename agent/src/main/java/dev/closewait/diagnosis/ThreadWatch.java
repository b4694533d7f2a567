package dev.closewait.diagnosis;

import dev.closewait.connection.SourceFiles;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the few threads that findings point to, one by one and never all at once, and remembers
 * from scan to scan where they stood.
 *
 * <p>Confined to the scanner thread; holds threads weakly between scans: a parked virtual thread
 * can hold a socket.
 */
public final class ThreadWatch {
  /** A stack costs 25-80 us (facts on the JDK, section 7): 64 of them stay below 5 ms a scan. */
  private static final int MAX_LOOKS_PER_SCAN = 64;

  private final ApplicationFrames application;
  private final IdentityHashMap<Thread, ThreadLook> looks = new IdentityHashMap<>();
  private final ThreadCounters counters = new ThreadCounters();
  private final SourceFiles files = new SourceFiles();
  private boolean exhausted;
  private long now;
  private long previousNanos;
  private List<Seen> seenBefore = List.of();

  ThreadWatch(ApplicationFrames application) {
    this.application = application;
  }

  private record Seen(WeakReference<Thread> thread, ThreadLook look) {}

  /** How it stands now; null when this scan has looked at too many threads already. */
  public @Nullable ThreadLook look(Thread thread) {
    ThreadLook known = looks.get(thread);
    if (known != null) {
      return known;
    }
    if (looks.size() >= MAX_LOOKS_PER_SCAN) {
      exhausted = true;
      return null;
    }
    try {
      ThreadLook look = lookNow(thread);
      looks.put(thread, look);
      return look;
    } catch (RuntimeException e) {
      // The application's own subclass of Thread answers: it may do anything.
      return null;
    }
  }

  /** True when the last scan had more threads to look at than it may. */
  boolean isExhausted() {
    return exhausted;
  }

  private ThreadLook lookNow(Thread thread) {
    ThreadLook before = lookBefore(thread);
    long waits = counters.waitsOf(thread);
    StackTraceElement[] frames = thread.getStackTrace();
    files.complete(frames);
    List<StackTraceElement> stack = withoutHiddenClasses(frames);
    Thread.State state = thread.getState();
    long standing = 0;
    if (before != null && before.waits() == waits && isSamePlace(before, state, stack)) {
      standing = before.standingNanos() + (now - previousNanos);
    }
    return new ThreadLook(thread.getName(), state, stack, waits, standing);
  }

  /**
   * The class of a lambda object has no source and a name that differs in each run; its body is the
   * next frame.
   */
  private static List<StackTraceElement> withoutHiddenClasses(StackTraceElement[] stack) {
    List<StackTraceElement> visible = new ArrayList<>(stack.length);
    for (StackTraceElement frame : stack) {
      if (frame.getClassName().indexOf('/') < 0) {
        visible.add(frame);
      }
    }
    return visible;
  }

  /** Before the first look of a scan, on the clock of {@link System#nanoTime()}. */
  void startScan(long nowNanos) {
    exhausted = false;
    previousNanos = now;
    now = nowNanos;
  }

  /** Forgets the threads of this scan, but for where they stood. */
  void endScan() {
    List<Seen> seen = new ArrayList<>(looks.size());
    looks.forEach((thread, look) -> seen.add(new Seen(new WeakReference<>(thread), look)));
    seenBefore = seen;
    looks.clear();
  }

  private @Nullable ThreadLook lookBefore(Thread thread) {
    for (Seen seen : seenBefore) {
      if (seen.thread().refersTo(thread)) {
        return seen.look();
      }
    }
    return null;
  }

  private boolean isSamePlace(
      ThreadLook before, Thread.State state, List<StackTraceElement> stack) {
    StackTraceElement here = application.innermost(stack);
    return before.state() == state
        && here != null
        && here.equals(application.innermost(before.stack()));
  }
}
