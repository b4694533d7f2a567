package dev.closewait.diagnosis;

import dev.closewait.connection.AwaitedObject.Kind;
import dev.closewait.diagnosis.thread.Activity;
import dev.closewait.diagnosis.thread.LockChain;
import dev.closewait.diagnosis.thread.ThreadAccount;
import dev.closewait.diagnosis.thread.ThreadAccount.Awaited;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Why a thread does not go on, in words: what it waits for, who holds that, and what he does. */
public final class Standstill {
  private final ThreadLook thread;
  private final LockChain locks;
  private final Predicate<StackTraceElement> isApplication;

  public Standstill(ThreadLook thread, Predicate<StackTraceElement> isApplication) {
    this.thread = thread;
    this.locks = thread.locks();
    this.isApplication = isApplication;
  }

  /** Nothing will ever end it. */
  public boolean isForEver() {
    return locks.isDeadlocked();
  }

  /** What the thread does, after its name. */
  public String doing() {
    Awaited awaited = locks.awaited();
    if (locks.isDeadlocked()) {
      return isInCycle() ? "is in a deadlock" + withOthers() : "waits for threads in a deadlock";
    }
    if (awaited != null && awaited.holder() != null) {
      return "waits for " + awaited.lock() + ", which " + awaited.holder() + " holds,";
    }
    return thread.activity() == Activity.READS
        ? "waits for data from another connection"
        : thread.doing();
  }

  private boolean isInCycle() {
    return locks.cycleStart() == 0;
  }

  private String withOthers() {
    StringBuilder others = new StringBuilder();
    for (ThreadAccount other : locks.cycle().subList(1, locks.cycle().size())) {
      others.append(others.length() == 0 ? " with " : ", ").append(other.name());
    }
    return others.toString();
  }

  /**
   * What to do about it.
   *
   * @param goal what the thread has to come to
   */
  public String fix(String goal) {
    if (locks.isDeadlocked()) {
      return deadlockFix();
    }
    ThreadAccount holder = locks.holder();
    Awaited awaited = locks.awaited();
    if (awaited != null && holder != null) {
      return holder.name()
          + " must release "
          + awaited.lock()
          + ": it "
          + holder.doing()
          + place(holder.stack())
          + "; "
          + thread.name()
          + " waits for it and has to come to "
          + goal;
    }
    String wait = thread.name() + " has to come to " + goal + ": ";
    return switch (thread.activity()) {
      case READS, CONNECTS ->
          wait + "give the other connection a time limit (connect timeout, setSoTimeout)";
      case BLOCKED ->
          wait + "find the thread that holds the monitor; the JVM does not tell it here";
      case WAITS ->
          wait
              + "give the wait a time limit, or find out why nobody ends it"
              + (awaited == null ? "" : " (" + awaited.lock() + ")");
      case SLEEPS -> wait + "do not sleep before it";
      default ->
          thread.isSpinning()
              ? wait + "end the loop that it runs in" + place(thread.place())
              : wait + "find out why it does not go on";
    };
  }

  private String deadlockFix() {
    StringBuilder text = new StringBuilder("take the locks in one order in all threads: ");
    String separator = "";
    for (ThreadAccount member : locks.cycle()) {
      Awaited awaited = member.awaits();
      text.append(separator)
          .append(member.name())
          .append(" waits for ")
          .append(awaited == null ? "a lock" : awaited.lock())
          .append(place(member.stack()));
      separator = ", ";
    }
    return text.toString();
  }

  /** One fact for each thread of the chain, with its stack. */
  public List<Evidence> evidence() {
    List<Evidence> facts = new ArrayList<>();
    List<ThreadAccount> chain = locks.threads();
    facts.add(new Evidence(Evidence.Source.THREAD, ownFact(), thread.stack()));
    for (int i = 1; i < chain.size(); i++) {
      ThreadAccount holder = chain.get(i);
      facts.add(
          new Evidence(
              Evidence.Source.THREAD,
              holder.name() + " " + doing(holder.doing(), holder.awaits()),
              holder.stack()));
    }
    return facts;
  }

  private String ownFact() {
    String fact = thread.name() + " " + doing(thread.doing(), locks.awaited());
    String end = thread.isSpinning() ? " at the same place" : ", at the same place";
    return thread.standingNanos() > 0 ? fact + end + " in every scan" : fact;
  }

  private static String doing(String otherwise, @Nullable Awaited awaited) {
    if (awaited == null) {
      return otherwise;
    }
    String lock = "waits for " + awaited.lock();
    if (awaited.holder() == null) {
      return awaited.kind() == Kind.MONITOR ? lock + "; the JVM does not tell who holds it" : lock;
    }
    StackTraceElement heldAt = awaited.heldAt();
    return lock + ", held by " + awaited.holder() + (heldAt == null ? "" : " at " + line(heldAt));
  }

  private String place(List<StackTraceElement> stack) {
    for (StackTraceElement frame : stack) {
      if (isApplication.test(frame)) {
        return " at " + line(frame);
      }
    }
    return "";
  }

  /** {@code com.acme.Audit.flush(Audit.java:80)}, without module and class loader. */
  static String line(StackTraceElement frame) {
    return frame.getClassName()
        + "."
        + frame.getMethodName()
        + "("
        + frame.getFileName()
        + ":"
        + frame.getLineNumber()
        + ")";
  }
}
