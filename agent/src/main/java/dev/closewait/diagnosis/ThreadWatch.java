package dev.closewait.diagnosis;

import dev.closewait.connection.LockView;
import dev.closewait.connection.SourceFiles;
import dev.closewait.diagnosis.thread.Activity;
import dev.closewait.diagnosis.thread.CpuUse;
import dev.closewait.diagnosis.thread.LockChain;
import dev.closewait.diagnosis.thread.LockChains;
import dev.closewait.diagnosis.thread.SameCall;
import dev.closewait.diagnosis.thread.ThreadQuestions;
import dev.closewait.diagnosis.thread.ThreadQuestions.Counters;
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
  /** A stack costs 25-80 us (facts on the JDK, section 7): 256 of them stay below 20 ms a scan. */
  static final int MAX_LOOKS_PER_SCAN = 256;

  private final ApplicationFrames application;
  private final SameCall calls;
  private final IdentityHashMap<Thread, ThreadLook> looks = new IdentityHashMap<>();
  private final IdentityHashMap<Thread, Long> askedNanos = new IdentityHashMap<>();
  private final SourceFiles files = new SourceFiles();
  private final ThreadQuestions questions = new ThreadQuestions();
  private final LockChains locks = new LockChains(questions);
  private boolean exhausted;
  private long now;
  private long previousNanos;
  private List<Seen> seenBefore = List.of();

  ThreadWatch(ApplicationFrames application) {
    this.application = application;
    this.calls = new SameCall(application);
  }

  /**
   * @param atNanos when its CPU time was asked, which may be long after the scan began
   */
  private record Seen(WeakReference<Thread> thread, ThreadLook look, long atNanos) {}

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
    } catch (Throwable t) {
      // The application's own subclass of Thread answers: it may do anything.
      return null;
    }
  }

  /** The same, with the threads that it waits for. */
  @Nullable ThreadLook lookWithLocks(Thread thread) {
    ThreadLook look = look(thread);
    if (look == null
        || look.state() == Thread.State.RUNNABLE
        || !look.locks().threads().isEmpty()) {
      return look;
    }
    try {
      LockChain chain = locks.of(thread, new ArrayList<>(looks.keySet()));
      looks.put(thread, look.with(chain));
    } catch (Throwable t) {
      // As above.
    }
    return looks.get(thread);
  }

  /** True when the last scan had more threads to look at, or locks to ask for, than it may. */
  boolean isExhausted() {
    return exhausted || locks.isExhausted();
  }

  /** True when one that runs did not get all of a core since the last scan. */
  boolean isAnyShortOfCpu() {
    for (ThreadLook look : looks.values()) {
      if (look.isRunning() && look.cpu().isShortOfCpu()) {
        return true;
      }
    }
    return false;
  }

  private ThreadLook lookNow(Thread thread) {
    Seen before = seenBefore(thread);
    Counters counters = questions.countersOf(thread);
    long asked = System.nanoTime();
    askedNanos.put(thread, asked);
    StackTraceElement[] frames = thread.getStackTrace();
    files.complete(frames);
    List<StackTraceElement> stack = withoutHiddenClasses(frames);
    Thread.State state = thread.getState();
    ThreadLook here =
        new ThreadLook(
            LockView.nameOf(thread),
            state,
            stack,
            counters.waits(),
            0,
            stack,
            CpuUse.first(counters.cpuNanos()),
            LockChain.NONE);
    return before == null ? here : after(before.look(), here, asked - before.atNanos());
  }

  /**
   * @param cpuElapsed between the two moments at which the CPU time was asked
   */
  private ThreadLook after(ThreadLook before, ThreadLook here, long cpuElapsed) {
    long elapsed = now - previousNanos;
    List<StackTraceElement> place = placeKept(before, here);
    boolean stands = application.innermost(place) != null;
    long standing = stands ? before.standingNanos() + elapsed : 0;
    return new ThreadLook(
        here.name(),
        here.state(),
        here.stack(),
        here.waits(),
        standing,
        stands ? place : here.stack(),
        before.cpu().next(here.cpu().totalNanos(), cpuElapsed, standing),
        LockChain.NONE);
  }

  /** Empty when it has gone on. */
  private List<StackTraceElement> placeKept(ThreadLook before, ThreadLook here) {
    if (before.state() != here.state()) {
      return List.of();
    }
    if (here.state() == Thread.State.RUNNABLE) {
      return calls.stillRunning(before.place(), here.stack());
    }
    StackTraceElement frame = application.innermost(here.stack());
    boolean atSameFrame = frame != null && frame.equals(application.innermost(before.stack()));
    // Who sleeps again and again goes round a loop; a wait with a time limit may be for a lock.
    boolean mayWaitAgain =
        here.state() == Thread.State.TIMED_WAITING && here.activity() != Activity.SLEEPS;
    return atSameFrame && (mayWaitAgain || before.waits() == here.waits())
        ? here.stack()
        : List.of();
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
    looks.forEach(
        (thread, look) ->
            seen.add(
                new Seen(new WeakReference<>(thread), look, askedNanos.getOrDefault(thread, now))));
    seenBefore = seen;
    looks.clear();
    askedNanos.clear();
    locks.endScan();
  }

  private @Nullable Seen seenBefore(Thread thread) {
    for (Seen seen : seenBefore) {
      if (seen.thread().refersTo(thread)) {
        return seen;
      }
    }
    return null;
  }
}
