package dev.closewait.diagnosis;

import dev.closewait.connection.ListenerSnapshot;
import dev.closewait.connection.NettyChannel;
import dev.closewait.connection.SocketEvent;
import dev.closewait.connection.netty.NettyLoop;
import dev.closewait.connection.netty.NettyState;
import dev.closewait.diagnosis.Ruling.Certainty;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a server channel of Netty does not accept: its event loop has ended or is stuck, or its own
 * autoRead is off.
 */
final class NettyListenerRules {
  private static final String NO_DESCRIPTORS = "Too many open files";

  private final ApplicationFrames application;
  private final ThreadWatch threads;

  NettyListenerRules(ApplicationFrames application, ThreadWatch threads) {
    this.application = application;
    this.threads = threads;
  }

  private record Explanation(
      String reason, String fix, List<List<StackTraceElement>> blamed, Evidence evidence) {}

  /** Null when the channel does not say. */
  @Nullable Ruling judge(ListenerSnapshot listener, Evidence kernel) {
    NettyChannel channel = listener.netty();
    NettyState state = channel == null ? null : channel.state();
    Explanation explanation =
        channel == null || state == null ? null : explain(listener, channel, state);
    if (channel == null || explanation == null) {
      return null;
    }
    List<List<StackTraceElement>> blamed = new ArrayList<>(explanation.blamed());
    blamed.addAll(channel.setUpStacks());
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(explanation.evidence());
    SocketEvent error = channel.tailError();
    if (error != null) {
      evidence.add(
          new Evidence(
              Evidence.Source.HOOK,
              "an exception has reached the tail of the server channel: " + error.detail(),
              error.frames()));
    }
    evidence.add(kernel);
    return new Ruling(
        Cause.NEVER_ACCEPTED,
        explanation.reason(),
        explanation.fix(),
        blamed,
        Ruling.CULPRIT,
        Certainty.BY_AGE,
        evidence);
  }

  private @Nullable Explanation explain(
      ListenerSnapshot listener, NettyChannel channel, NettyState state) {
    NettyLoop loop = state.loop();
    if (loop != null && (loop.terminated() || loop.hasNoThread())) {
      return ended(loop);
    }
    ThreadLook look = look(loop);
    if (look != null && application.innermost(look.stack()) != null) {
      return stuck(look);
    }
    boolean exhausted = failsToAccept(listener, channel);
    return state.isReadingOff() || exhausted ? paused(channel, exhausted) : null;
  }

  private static Explanation ended(NettyLoop loop) {
    return new Explanation(
        loop.terminated()
            ? "The event loop that accepts has ended; the server channel, set up in %s, is still open."
            : "The event loop that accepts has no thread; the server channel was set up in %s.",
        loop.terminated()
            ? "close the server channel before its EventLoopGroup is shut down; when an Error has ended the loop, look for"
                + " it in the log of the application"
            : "give the EventLoopGroup an executor that runs as many tasks at once as it has event loops",
        List.of(),
        Evidence.of(
            Evidence.Source.THREAD,
            loop.terminated() ? "the event loop is terminated" : "no thread runs the event loop"));
  }

  private static Explanation stuck(ThreadLook look) {
    return new Explanation(
        "The event loop that accepts, " + look.name() + ", " + look.doing() + " in %s.",
        "let the event loop that accepts do nothing else: never block in a handler of the server channel",
        List.of(look.stack()),
        new Evidence(Evidence.Source.THREAD, look.name() + " " + look.doing(), look.stack()));
  }

  private Explanation paused(NettyChannel channel, boolean exhausted) {
    SocketEvent pause = channel.pause();
    boolean called = pause != null && application.innermost(pause.frames()) != null;
    if (pause != null && called) {
      return new Explanation(
          "%s has turned autoRead of the server channel off, so it accepts no more.",
          "turn autoRead of the server channel on again on every path",
          List.of(pause.frames()),
          new Evidence(Evidence.Source.HOOK, "autoRead was turned off here", pause.frames()));
    }
    return new Explanation(
        exhausted
            ? "The server channel set up in %s cannot accept: the process has no descriptor left."
            : "autoRead of the server channel set up in %s is off, so it accepts nothing.",
        exhausted
            ? "close what is open (see the other leaks) or raise the limit of open files"
            : "turn autoRead of the server channel on",
        List.of(),
        Evidence.of(
            Evidence.Source.HOOK,
            exhausted
                ? "accept has failed and Netty pauses after each failure"
                : "autoRead is off"));
  }

  /** Its last word was that: it has accepted nothing since. */
  private static boolean failsToAccept(ListenerSnapshot listener, NettyChannel channel) {
    SocketEvent error = channel.tailError();
    SocketEvent accept = listener.lastAccept();
    String detail = error == null ? null : error.detail();
    return error != null
        && detail != null
        && detail.contains(NO_DESCRIPTORS)
        && (accept == null || error.atNanos() - accept.atNanos() >= 0);
  }

  private @Nullable ThreadLook look(@Nullable NettyLoop loop) {
    WeakReference<Thread> holder = loop == null ? null : loop.thread();
    Thread thread = holder == null ? null : holder.get();
    return thread == null ? null : threads.look(thread);
  }
}
