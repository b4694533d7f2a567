package dev.closewait.diagnosis.thread;

import dev.closewait.connection.AwaitedObject;
import dev.closewait.connection.AwaitedObject.Kind;
import dev.closewait.connection.LockView;
import dev.closewait.diagnosis.thread.ThreadAccount.Awaited;
import dev.closewait.diagnosis.thread.ThreadQuestions.Portrait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows locks from the thread that waits to the thread that holds them, one thread after the
 * other.
 *
 * <p>Threads go on meanwhile: a deadlock is believed when a second walk finds the same one, which
 * it can only do when it is there.
 */
public final class LockChains {
  private static final int LONGEST_CHAIN = 16;

  /** Each stops the JVM for some 0.1 ms. */
  private static final int MAX_PORTRAITS_PER_SCAN = 64;

  private final ThreadQuestions questions;
  private final Map<Long, Portrait> portraits = new HashMap<>();
  private int asked;

  public LockChains(ThreadQuestions questions) {
    this.questions = questions;
  }

  /**
   * One thread on the way.
   *
   * @param thread null where the JVM has told only its id
   */
  private record Stop(long id, String name, @Nullable Thread thread) {}

  /** What a stop waits for, and who is next; null when nobody holds it, or when it is not told. */
  private record Wait(String lock, Kind kind, @Nullable Stop holder) {}

  /** Forgets what was asked. */
  public void endScan() {
    portraits.clear();
    asked = 0;
  }

  /** True when a scan had more to ask than it may. */
  public boolean isExhausted() {
    return asked > MAX_PORTRAITS_PER_SCAN;
  }

  /**
   * The chain that begins with this thread.
   *
   * @param candidates threads that might hold a monitor whose owner the JVM does not tell
   */
  public LockChain of(Thread thread, Iterable<Thread> candidates) {
    LockChain chain = new Walk(candidates).from(thread);
    if (!chain.isDeadlocked()) {
      return chain;
    }
    portraits.clear();
    LockChain again = new Walk(candidates).from(thread);
    return again.isDeadlocked() ? again : LockChain.open(again.threads());
  }

  private @Nullable Portrait portrait(long id) {
    if (!portraits.containsKey(id)) {
      asked++;
      portraits.put(id, asked > MAX_PORTRAITS_PER_SCAN ? null : questions.portraitOf(id));
    }
    return portraits.get(id);
  }

  private final class Walk {
    private final Iterable<Thread> candidates;
    private final List<ThreadAccount> accounts = new ArrayList<>();
    private final List<Long> ids = new ArrayList<>();

    Walk(Iterable<Thread> candidates) {
      this.candidates = candidates;
    }

    LockChain from(Thread thread) {
      Stop stop = stop(thread);
      while (stop != null && ids.size() < LONGEST_CHAIN) {
        Wait wait = waitOf(stop);
        Stop next = wait == null ? null : wait.holder();
        ids.add(stop.id());
        accounts.add(account(stop, wait));
        int known = next == null ? -1 : ids.indexOf(next.id());
        if (known >= 0) {
          return new LockChain(accounts, waitForEver(known) ? known : -1);
        }
        stop = next;
      }
      return LockChain.open(accounts);
    }

    private boolean waitForEver(int from) {
      for (ThreadAccount account : accounts.subList(from, accounts.size())) {
        if (account.state() != Thread.State.BLOCKED && account.state() != Thread.State.WAITING) {
          return false;
        }
      }
      return true;
    }

    private ThreadAccount account(Stop stop, @Nullable Wait wait) {
      Awaited awaits =
          wait == null
              ? null
              : new Awaited(
                  wait.lock(),
                  wait.kind(),
                  wait.holder() == null ? null : wait.holder().name(),
                  heldAt(wait, stop));
      Thread thread = stop.thread();
      if (thread != null) {
        return new ThreadAccount(
            stop.name(),
            LockView.isVirtual(thread),
            thread.getState(),
            Arrays.asList(thread.getStackTrace()),
            awaits);
      }
      Portrait portrait = portrait(stop.id());
      return portrait == null
          ? new ThreadAccount(stop.name(), false, null, List.of(), awaits)
          : new ThreadAccount(stop.name(), false, portrait.state(), portrait.stack(), awaits);
    }

    private @Nullable Wait waitOf(Stop stop) {
      Thread thread = stop.thread();
      AwaitedObject parked = thread == null ? null : LockView.parkedOn(thread);
      if (parked != null) {
        Thread holder = parked.holder();
        return new Wait(parked.name(), parked.kind(), holder == null ? null : stop(holder));
      }
      return thread != null && LockView.isVirtual(thread) ? untoldWait(thread) : told(stop);
    }

    /** Of a platform thread: the JVM knows the owner, unless that is a virtual thread. */
    private @Nullable Wait told(Stop stop) {
      Thread thread = stop.thread();
      if (thread != null && thread.getState() == Thread.State.RUNNABLE) {
        return null;
      }
      Portrait portrait = thread == null ? portrait(stop.id()) : questions.sketchOf(stop.id());
      if (portrait == null || portrait.lock() == null) {
        return thread == null ? null : untoldWait(thread);
      }
      String owner = portrait.ownerName();
      Stop holder = owner == null ? null : new Stop(portrait.ownerId(), owner, null);
      return new Wait(portrait.lock(), kindOf(portrait, thread == null), holder);
    }

    /** Of a stop without a thread nobody could say whether it is parked. */
    private static Kind kindOf(Portrait portrait, boolean canBeParked) {
      if (portrait.state() == Thread.State.BLOCKED) {
        return Kind.MONITOR;
      }
      boolean isParked = canBeParked && portrait.stack().stream().limit(2).anyMatch(Walk::isPark);
      return isParked ? Kind.SYNCHRONIZER : Kind.NOTIFICATION;
    }

    private static boolean isPark(StackTraceElement frame) {
      return frame.getMethodName().equals("park");
    }

    private @Nullable Wait untoldWait(Thread thread) {
      AwaitedObject monitor = LockView.monitorOf(thread);
      if (monitor == null) {
        return null;
      }
      Stop holder = monitor.kind() == Kind.MONITOR ? holderAmongCandidates(thread) : null;
      return new Wait(monitor.name(), monitor.kind(), holder);
    }

    private @Nullable Stop holderAmongCandidates(Thread waiting) {
      for (Thread candidate : candidates) {
        if (LockView.frameHolding(candidate, waiting) != null) {
          return stop(candidate);
        }
      }
      return null;
    }

    private @Nullable StackTraceElement heldAt(Wait wait, Stop waiting) {
      Stop holder = wait.holder();
      if (holder == null || wait.kind() != Kind.MONITOR) {
        return null;
      }
      Portrait portrait = portrait(holder.id());
      if (portrait != null) {
        return portrait.heldAt().get(wait.lock());
      }
      Thread thread = holder.thread();
      return thread == null || waiting.thread() == null
          ? null
          : LockView.frameHolding(thread, waiting.thread());
    }

    private Stop stop(Thread thread) {
      return new Stop(ThreadQuestions.idOf(thread), LockView.nameOf(thread), thread);
    }
  }
}
