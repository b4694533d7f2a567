package dev.closewait.diagnosis.rules;

import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.Ruling.Certainty;
import dev.closewait.diagnosis.Suspicion;
import dev.closewait.diagnosis.ThreadLook;
import dev.closewait.diagnosis.thread.Activity;
import dev.closewait.diagnosis.thread.ThreadAccount;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a suspicion at most of what a thread that gets too little CPU time has not closed yet: late
 * is not missing.
 */
public final class Starvation {
  private Starvation() {}

  /** The same ruling, or a milder one. */
  public static Ruling temper(Ruling ruling, Suspicion suspicion) {
    ThreadLook starved = starved(suspicion);
    if (suspicion.cpuShortage() == null
        || ruling.certainty() != Certainty.BY_AGE
        || starved == null) {
      return ruling;
    }
    List<Evidence> evidence = new ArrayList<>(ruling.evidence());
    evidence.add(Evidence.of(Evidence.Source.THREAD, fact(starved, suspicion.cpuShortage())));
    return ruling.with(Certainty.HARMLESS, evidence);
  }

  /** Of the threads that have to close it, one that would go on with more CPU time. */
  private static @Nullable ThreadLook starved(Suspicion suspicion) {
    if (isStarved(suspicion.lastUser()) && !suspicion.lastUserMovedOn()) {
      return suspicion.lastUser();
    }
    if (isStarved(suspicion.selectorLoop())) {
      return suspicion.selectorLoop();
    }
    return isStarved(suspicion.eventLoop()) ? suspicion.eventLoop() : null;
  }

  /** It runs, or waits for one that runs. */
  private static boolean isStarved(@Nullable ThreadLook thread) {
    if (thread == null) {
      return false;
    }
    ThreadAccount last = thread.locks().last();
    return thread.isRunning()
        || (last != null
            && last.state() == Thread.State.RUNNABLE
            && Activity.of(last.state(), last.stack()) == Activity.RUNS);
  }

  static String fact(ThreadLook thread, @Nullable String shortage) {
    String share =
        thread.cpu().lastPercent() < 0
            ? ""
            : " and got " + thread.cpu().lastPercent() + "% of a core since the last scan";
    return thread.name() + " " + thread.activity().words() + share + ": " + shortage;
  }
}
