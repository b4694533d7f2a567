package dev.closewait.diagnosis;

import dev.closewait.connection.ListenerSnapshot;
import dev.closewait.connection.Registration;
import dev.closewait.connection.SocketEvent;
import dev.closewait.connection.ThreadEnd;
import dev.closewait.diagnosis.Ruling.Certainty;
import dev.closewait.diagnosis.thread.LockChain;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a listening socket does not accept: it was never registered, or the thread that accepts is
 * stuck or has ended.
 */
final class ListenerRules {
  private static final String FIX =
      "let the thread that accepts do nothing else, and survive every exception";

  private final ApplicationFrames application;
  private final ThreadWatch threads;
  private final NettyListenerRules netty;

  ListenerRules(ApplicationFrames application, ThreadWatch threads) {
    this.application = application;
    this.threads = threads;
    this.netty = new NettyListenerRules(application, threads);
  }

  Ruling judge(ListenerSnapshot listener, int closedInQueue) {
    Evidence kernel =
        Evidence.of(
            Evidence.Source.KERNEL,
            closedInQueue
                + " in CLOSE_WAIT without a descriptor in the accept queue of "
                + listener.local());
    Registration registration = listener.registration();
    Ruling ofNetty = netty.judge(listener, kernel);
    if (ofNetty != null) {
      return ofNetty;
    }
    boolean notRegistered =
        registration != null && !registration.blocking() && !registration.registered();
    return notRegistered ? notRegistered(listener, kernel) : neverAccepted(listener, kernel);
  }

  private static Ruling notRegistered(ListenerSnapshot listener, Evidence kernel) {
    return new Ruling(
        Cause.LISTENER_NOT_REGISTERED,
        "The non-blocking listening channel "
            + listener.local()
            + ", bound in %s, is registered with no selector, so nobody accepts.",
        "register the channel with the selector for OP_ACCEPT after bind",
        List.of(listener.bound().frames()),
        "bound",
        Certainty.BY_AGE,
        List.of(
            Evidence.of(
                Evidence.Source.HOOK,
                "non-blocking, no selection key, "
                    + listener.accepted()
                    + " connections accepted so far"),
            kernel));
  }

  private Ruling neverAccepted(ListenerSnapshot listener, Evidence kernel) {
    SocketEvent lastAccept = listener.lastAccept();
    WeakReference<Thread> lastAcceptor = listener.acceptor();
    Thread acceptor = lastAcceptor == null ? null : lastAcceptor.get();
    ThreadLook look = acceptor == null ? null : threads.lookWithLocks(acceptor);
    Standstill standstill = look == null ? null : new Standstill(look, application);
    boolean stands = look != null && application.innermost(look.stack()) != null;
    List<List<StackTraceElement>> blamed = new ArrayList<>();
    if (look != null && stands) {
      blamed.add(look.stack());
    } else if (lastAccept != null) {
      blamed.add(lastAccept.frames());
    }
    blamed.add(listener.bound().frames());
    if (listener.netty() != null) {
      blamed.addAll(listener.netty().setUpStacks());
    }
    List<Evidence> evidence = new ArrayList<>();
    if (standstill != null) {
      evidence.addAll(standstill.evidence());
    } else {
      evidence.add(acceptEvidence(lastAccept, listener.acceptorEnd()));
    }
    SocketEvent error = listener.acceptError();
    if (error != null) {
      evidence.add(
          new Evidence(
              Evidence.Source.HOOK, "the last accept threw " + error.detail(), error.frames()));
    }
    evidence.add(kernel);
    return new Ruling(
        Cause.NEVER_ACCEPTED,
        reason(listener, look, stands ? standstill : null),
        stands && standstill != null
            ? standstill.fix("the next accept()")
            : fix(listener.acceptorEnd()),
        blamed,
        Ruling.CULPRIT,
        stands && standstill != null && standstill.isForEver()
            ? Certainty.PROVEN
            : Certainty.BY_AGE,
        evidence,
        look == null ? LockChain.NONE : look.locks());
  }

  /** Catching {@code Exception} is not enough where an {@code Error} has ended the thread. */
  private static String fix(@Nullable ThreadEnd end) {
    String exception = end == null ? null : end.exception();
    if (exception == null) {
      return FIX;
    }
    int colon = exception.indexOf(':');
    return "catch Throwable in the loop that accepts, and go on: "
        + (colon < 0 ? exception : exception.substring(0, colon))
        + " has ended it";
  }

  /**
   * @param look at the thread that accepted last; null when it has ended, or was not looked at
   * @param standstill of the thread that accepts; null when it does not stand in the application
   */
  private static String reason(
      ListenerSnapshot listener, @Nullable ThreadLook look, @Nullable Standstill standstill) {
    SocketEvent lastAccept = listener.lastAccept();
    ThreadEnd end = listener.acceptorEnd();
    if (lastAccept == null) {
      return "Nobody has ever accepted a connection of the listening socket bound in %s.";
    }
    if (end != null) {
      return "The thread that accepts, "
          + lastAccept.threadName()
          + (end.exception() == null ? ", has ended" : ", was ended by " + end.exception())
          + "; its last accept was in %s.";
    }
    String name = look == null ? lastAccept.threadName() : look.name();
    return standstill == null
        ? "The thread that accepted last, "
            + name
            + ", does not accept any more; its last accept was in %s."
        : "The thread that accepts, " + name + ", " + standstill.doing() + " in %s.";
  }

  private static Evidence acceptEvidence(
      @Nullable SocketEvent lastAccept, @Nullable ThreadEnd end) {
    if (lastAccept == null) {
      return Evidence.of(Evidence.Source.HOOK, "accept has never returned a connection");
    }
    if (end == null) {
      return new Evidence(
          Evidence.Source.THREAD,
          "thread " + lastAccept.threadName() + " was not looked at; its last accept",
          lastAccept.frames());
    }
    return new Evidence(
        end.exception() == null ? Evidence.Source.THREAD : Evidence.Source.HOOK,
        end.fact(),
        end.frames().isEmpty() ? lastAccept.frames() : end.frames());
  }
}
