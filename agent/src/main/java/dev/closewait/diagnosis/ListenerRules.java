package dev.closewait.diagnosis;

import dev.closewait.connection.ListenerSnapshot;
import dev.closewait.connection.Registration;
import dev.closewait.connection.SocketEvent;
import dev.closewait.diagnosis.Ruling.Certainty;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a listening socket does not accept: it was never registered, or the thread that accepts is
 * stuck or has ended.
 */
final class ListenerRules {
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
    ThreadLook look = acceptor == null ? null : threads.look(acceptor);
    List<List<StackTraceElement>> blamed = new ArrayList<>();
    boolean stands = false;
    if (look != null && application.innermost(look.stack()) != null) {
      stands = true;
      blamed.add(look.stack());
    } else if (lastAccept != null) {
      blamed.add(lastAccept.frames());
    }
    blamed.add(listener.bound().frames());
    if (listener.netty() != null) {
      blamed.addAll(listener.netty().setUpStacks());
    }
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(threadEvidence(lastAccept, acceptor != null, look));
    SocketEvent error = listener.acceptError();
    if (error != null) {
      evidence.add(
          new Evidence(
              Evidence.Source.HOOK, "the last accept threw " + error.detail(), error.frames()));
    }
    evidence.add(kernel);
    return new Ruling(
        Cause.NEVER_ACCEPTED,
        reason(lastAccept, acceptor != null, look, stands),
        "let the thread that accepts do nothing else, and survive every exception",
        blamed,
        Ruling.CULPRIT,
        Certainty.BY_AGE,
        evidence);
  }

  private static String reason(
      @Nullable SocketEvent lastAccept,
      boolean isAlive,
      @Nullable ThreadLook look,
      boolean stands) {
    if (lastAccept == null) {
      return "Nobody has ever accepted a connection of the listening socket bound in %s.";
    }
    if (!isAlive) {
      return "The thread that accepts, "
          + lastAccept.threadName()
          + ", has ended; its last accept was in %s.";
    }
    if (look == null) {
      return "The thread that accepted last, " + lastAccept.threadName() + ", did so in %s.";
    }
    return stands
        ? "The thread that accepts, " + look.name() + ", " + look.doing() + " in %s."
        : "The thread that accepted last, "
            + look.name()
            + ", does not accept any more; its last accept was in %s.";
  }

  private static Evidence threadEvidence(
      @Nullable SocketEvent lastAccept, boolean isAlive, @Nullable ThreadLook look) {
    if (lastAccept == null) {
      return Evidence.of(Evidence.Source.HOOK, "accept has never returned a connection");
    }
    if (look == null) {
      return new Evidence(
          Evidence.Source.THREAD,
          "thread "
              + lastAccept.threadName()
              + (isAlive ? " was not looked at; its last accept" : " has ended; its last accept"),
          lastAccept.frames());
    }
    return new Evidence(Evidence.Source.THREAD, look.name() + " " + look.doing(), look.stack());
  }
}
