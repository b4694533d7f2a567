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
  private static final int MAX_PROBLEMS = 8;
  private static final long FIRST_LOOK_NANOS = 60_000_000_000L;

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
    long untilNanos;
    long untilCalls;
    int countAtStart;
    List<String> obstacles = List.of();

    boolean isDue(LeakGroup leak) {
      return !running
          && !answered
          && times < MAX_LOOKS
          && (times == 0 || leak.count() > countAtStart);
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
    endLooks(leaks, diagnosis.nowNanos());
    for (LeakGroup leak : diagnosis.leaks()) {
      if (!diagnosis.last() && isWorthLook(leak)) {
        begin(leak, diagnosis.nowNanos());
      }
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

  private static boolean isWorthLook(LeakGroup leak) {
    boolean isOpen = leak.kind() == SocketKind.ACCEPTED || leak.kind() == SocketKind.CONNECTED;
    return isOpen && MethodExits.tell(leak.cause()) && !leak.isExplained();
  }

  private void begin(LeakGroup leak, long now) {
    Look look = looks.computeIfAbsent(leak.fingerprint(), fingerprint -> new Look());
    if (!look.isDue(leak) || running() >= MAX_LOOKS_AT_ONCE) {
      return;
    }
    Watched watched = methods.of(leak);
    if (watched.frames().isEmpty()) {
      look.answered = true;
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
