package dev.closewait.diagnosis;

import dev.closewait.instrument.watch.MethodWatch;
import dev.closewait.instrument.watch.MethodWatch.Watched;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks closer at a leak group once it has been reported: has the methods on its stacks watched
 * until the next connection leaks there, so that it is known how they were left.
 *
 * <p>Confined to the scanner thread. A look ends with the answer, or when its time or its share of
 * calls is used up; a group that goes on leaking gets another look, twice as long.
 */
public final class CloserLook {
  private static final int MAX_LOOKS_AT_ONCE = 4;
  private static final int MAX_LOOKS = 5;

  /** A group that comes and goes is the same one: its looks are counted on. */
  private static final int MAX_REMEMBERED = 1000;

  private static final int MAX_PROBLEMS = 8;
  private static final int MAX_TRIES_PER_SCAN = 8;
  private static final long FIRST_LOOK_NANOS = 60_000_000_000L;
  private static final long NEXT_TRY_NANOS = 10_000_000_000L;

  /** A watched call costs 30-45 ns (facts on the JDK, section 8): less than a second in all. */
  private static final long MAX_CALLS = 20_000_000;

  private final MethodWatch watch;
  private final WatchedMethods methods;
  private final Runnable beforeChange;
  private final Map<String, Look> looks = new HashMap<>();
  private final Set<String> problems = new LinkedHashSet<>();

  /**
   * @param beforeChange run before methods are woven or put back
   */
  public CloserLook(MethodWatch watch, ApplicationFrames application, Runnable beforeChange) {
    this.watch = watch;
    this.beforeChange = beforeChange;
    this.methods = new WatchedMethods(application);
  }

  /** What is known of the looks at one group. */
  private static final class Look {
    int times;
    boolean running;
    boolean answered;
    long triedNanos;
    long untilNanos;
    long untilCalls;
    int countAtStart;
    List<String> obstacles = List.of();

    Look(long now) {
      triedNanos = now - NEXT_TRY_NANOS;
    }

    /** Its group has been resolved: if it comes back, the question is open again. */
    void forgetAnswer() {
      answered = false;
      countAtStart = 0;
    }

    boolean isDue(LeakGroup leak, long now) {
      return !running
          && !answered
          && times < MAX_LOOKS
          && (times == 0 || leak.count() > countAtStart)
          && now - triedNanos >= NEXT_TRY_NANOS;
    }
  }

  /** The same diagnosis, which says where no closer look was possible. */
  public Diagnosis annotate(Diagnosis diagnosis) {
    List<LeakGroup> leaks = new ArrayList<>();
    for (LeakGroup leak : diagnosis.leaks()) {
      Look look = looks.get(leak.fingerprint());
      leaks.add(look == null || look.answered ? leak : leak.with(obstacles(look)));
    }
    return diagnosis.withLeaks(leaks);
  }

  private static List<Evidence> obstacles(Look look) {
    List<Evidence> evidence = new ArrayList<>();
    for (String obstacle : look.obstacles) {
      evidence.add(
          Evidence.of(Evidence.Source.HOOK, "closer look not possible: ".concat(obstacle)));
    }
    return evidence;
  }

  /** Begins and ends looks as the diagnosis demands, which has been reported by now. */
  public void follow(Diagnosis diagnosis) {
    Map<String, LeakGroup> leaks = new HashMap<>();
    for (LeakGroup leak : diagnosis.leaks()) {
      leaks.put(leak.fingerprint(), leak);
    }
    watch.putBackTheRest();
    endLooks(leaks, diagnosis.nowNanos());
    if (!diagnosis.last()) {
      beginLooks(diagnosis.leaks(), diagnosis.nowNanos());
    }
  }

  /** What could not be put back, in words. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  private void endLooks(Map<String, LeakGroup> leaks, long now) {
    Iterator<Map.Entry<String, Look>> all = looks.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, Look> entry = all.next();
      LeakGroup leak = leaks.get(entry.getKey());
      Look look = entry.getValue();
      look.answered |= leak != null && leak.isExplained();
      boolean isOver =
          leak == null
              || look.answered
              || now - look.untilNanos >= 0
              || watch.calls() >= look.untilCalls;
      if (look.running && isOver) {
        look.running = false;
        beforeChange.run();
        note(watch.unwatch(entry.getKey()));
      }
      if (leak == null) {
        look.forgetAnswer();
      }
      if (leak == null && looks.size() > MAX_REMEMBERED) {
        all.remove();
      }
    }
  }

  private void note(List<String> obstacles) {
    for (String obstacle : obstacles) {
      if (problems.size() < MAX_PROBLEMS) {
        problems.add("watched method not put back: ".concat(obstacle));
      }
    }
  }

  private void beginLooks(List<LeakGroup> leaks, long now) {
    int tries = 0;
    for (LeakGroup leak : leaks) {
      if (!isWorthLook(leak) || running() >= MAX_LOOKS_AT_ONCE || tries >= MAX_TRIES_PER_SCAN) {
        continue;
      }
      Look look = looks.computeIfAbsent(leak.fingerprint(), fingerprint -> new Look(now));
      if (look.isDue(leak, now)) {
        tries++;
        look.triedNanos = now;
        begin(look, leak, now);
      }
    }
  }

  private static boolean isWorthLook(LeakGroup leak) {
    boolean isOpen = leak.kind() == SocketKind.ACCEPTED || leak.kind() == SocketKind.CONNECTED;
    return isOpen && MethodExits.tell(leak.cause()) && !leak.isExplained();
  }

  private void begin(Look look, LeakGroup leak, long now) {
    Watched watched = methods.of(leak);
    if (watched.frames().isEmpty()) {
      return;
    }
    look.untilNanos = now + (FIRST_LOOK_NANOS << look.times);
    look.untilCalls = watch.calls() + MAX_CALLS;
    look.countAtStart = leak.count();
    look.times++;
    look.running = true;
    beforeChange.run();
    look.obstacles = watch.watch(leak.fingerprint(), watched);
  }

  private int running() {
    int running = 0;
    for (Look look : looks.values()) {
      running += look.running ? 1 : 0;
    }
    return running;
  }
}
