package dev.closewait.diagnosis.rules.netty;

import dev.closewait.connection.Direction;
import dev.closewait.connection.NettyChannel;
import dev.closewait.connection.SocketEvent;
import dev.closewait.connection.netty.NettyLoop;
import dev.closewait.connection.netty.NettyState;
import dev.closewait.connection.netty.PipelineEntry;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.Suspicion;
import dev.closewait.diagnosis.ThreadLook;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Accepted, and never registered with its event loop: the loop is blocked or has no thread, or the
 * channel was never given to one.
 */
final class NeverRegisteredRule extends NettyRule {
  private static final String ACCEPTED = "Accepted, and never registered with an event loop: ";
  private static final String ACCEPTOR = "ServerBootstrap$ServerBootstrapAcceptor";

  /** In one line of a text report. */
  private static final String UNTOUCHED =
      "accepted and connected, registered=false, only the initializer in the pipeline";

  private static final String CHANNEL_READ = "channelRead";
  private static final String NOT_SHARABLE = "@Sharable";

  private final BlamedHandlers handlers;
  private final long thresholdNanos;

  NeverRegisteredRule(BlamedHandlers handlers, long thresholdNanos) {
    this.handlers = handlers;
    this.thresholdNanos = thresholdNanos;
  }

  @Override
  @Nullable Ruling judge(Suspicion suspicion, NettyChannel channel, NettyState state) {
    if (!state.isNotRegistered() || suspicion.connection().direction() != Direction.ACCEPTED) {
      return null;
    }
    Explanation explanation = explain(suspicion.eventLoop(), channel, state);
    if (explanation == null) {
      return null;
    }
    List<Evidence> evidence = new ArrayList<>();
    if (isUntouched(state)) {
      evidence.add(Evidence.of(Evidence.Source.HOOK, UNTOUCHED));
    }
    evidence.addAll(explanation.evidence());
    evidence.add(NettyFacts.channelEvidence(state));
    evidence.add(suspicion.kernelEvidence());
    return new Ruling(
        Cause.ACCEPTED_NEVER_READ,
        ACCEPTED + explanation.reason(),
        explanation.fix(),
        explanation.blamed(),
        Ruling.CULPRIT,
        Ruling.Certainty.BY_AGE,
        evidence);
  }

  /** The event loop would have run the initializer, which then leaves the pipeline. */
  private static boolean isUntouched(NettyState state) {
    return Boolean.TRUE.equals(state.active())
        && state.pipeline().size() == 1
        && state.pipeline().get(0).isInitializer();
  }

  private record Explanation(
      String reason, String fix, List<List<StackTraceElement>> blamed, List<Evidence> evidence) {}

  private @Nullable Explanation explain(
      @Nullable ThreadLook look, NettyChannel channel, NettyState state) {
    NettyLoop loop = state.loop();
    if (look != null && NettyFacts.isStuck(look, thresholdNanos)) {
      return blocked(look, channel, loop == null);
    }
    if (loop == null) {
      return neverGiven(channel);
    }
    if (loop.terminated()) {
      return ended(channel);
    }
    if (loop.hasNoThread() && !loop.shuttingDown() && loop.pendingTasks() != 0) {
      return starved(channel, loop);
    }
    return loop.pendingTasks() > 0
            && isUntouched(state)
            && look != null
            && look.isWaitingForNetwork()
        ? keptByKernel(look, channel, loop)
        : null;
  }

  /**
   * A task wakes the event loop, and the registration has waited since the channel was accepted: so
   * the loop is held in its system call, as io_uring does where a close lingers (4.2.18).
   */
  private static Explanation keptByKernel(ThreadLook look, NettyChannel channel, NettyLoop loop) {
    return new Explanation(
        "its event loop, "
            + look.name()
            + ", does not come back from the kernel. It was set up in %s.",
        "leave SO_LINGER off: over io_uring a close that lingers stops its event loop",
        channel.setUpStacks(),
        List.of(
            new Evidence(
                Evidence.Source.THREAD,
                look.name()
                    + " is in its system call, though tasks wait for it: "
                    + loop.pendingTasks(),
                look.stack())));
  }

  private static Explanation blocked(ThreadLook look, NettyChannel channel, boolean accepting) {
    List<List<StackTraceElement>> blamed = new ArrayList<>();
    blamed.add(look.stack());
    blamed.addAll(channel.setUpStacks());
    String whose = accepting ? "the event loop that accepts, " : "its event loop, ";
    return new Explanation(
        whose + look.name() + ", " + look.doing() + " in %s.",
        "never block on an event loop: hand the work to threads of its own",
        blamed,
        List.of(NettyFacts.threadEvidence(look)));
  }

  private static Explanation starved(NettyChannel channel, NettyLoop loop) {
    String group =
        loop.siblings() == 0
            ? ""
            : "; "
                + loop.idleSiblings()
                + " of "
                + loop.siblings()
                + " loops of its group have none";
    return new Explanation(
        "its event loop has no thread. It was set up in %s.",
        "give the EventLoopGroup an executor that runs as many tasks at once as it has event loops"
            + (loop.siblings() == 0 ? "" : " (" + loop.siblings() + ")")
            + ", or none at all",
        channel.setUpStacks(),
        List.of(
            Evidence.of(
                Evidence.Source.THREAD,
                "its executor has not run the event loop, which is not shut down" + group)));
  }

  private static Explanation ended(NettyChannel channel) {
    return new Explanation(
        "its event loop has ended. It was set up in %s.",
        "do not shut the child EventLoopGroup down while the server channel is open",
        channel.setUpStacks(),
        List.of(Evidence.of(Evidence.Source.THREAD, "the event loop is terminated")));
  }

  /** The acceptor gives each channel to a loop, unless something goes wrong before. */
  private Explanation neverGiven(NettyChannel channel) {
    NettyChannel server = channel.server();
    SocketEvent error = server == null ? null : server.tailError();
    if (error != null && error.atNanos() - channel.created().atNanos() >= 0) {
      return failed(channel, error);
    }
    return dropped(channel, server == null ? null : server.state());
  }

  /** Only a handler that takes what was accepted can keep it from the acceptor. */
  private Explanation dropped(NettyChannel channel, @Nullable NettyState server) {
    List<PipelineEntry> own = server == null ? List.of() : own(server);
    List<PipelineEntry> keepers = handlers.ofApplication(own, CHANNEL_READ);
    PipelineEntry keeper = keepers.size() == 1 ? keepers.get(0) : null;
    List<List<StackTraceElement>> blamed = new ArrayList<>();
    if (keeper != null) {
      blamed.add(handlers.start(keeper, CHANNEL_READ));
    }
    blamed.addAll(channel.setUpStacks());
    String names = NettyFacts.names(keepers.isEmpty() ? own : keepers);
    return new Explanation(
        keeper == null
            ? "nobody has passed it on to the acceptor of the server channel, set up in %s."
            : "the handler " + names + " of the server channel has not passed it on.",
        "close the accepted channel in the handler that does not pass it on with fireChannelRead"
            + (names.isEmpty() ? "" : ": " + names),
        blamed,
        List.of(
            Evidence.of(
                Evidence.Source.HOOK,
                "no event loop was chosen, and no exception has reached the tail of the server channel"
                    + (names.isEmpty() ? "" : "; its own handlers: " + names))));
  }

  private static Explanation failed(NettyChannel channel, SocketEvent error) {
    String detail = error.detail() == null ? "an exception" : error.detail();
    boolean shared = detail.contains(NOT_SHARABLE);
    return new Explanation(
        shared
            ? "the one handler object that %s gives to all connections is not sharable."
            : "adding the handler that %s has set failed.",
        shared
            ? "give each connection a handler of its own in a ChannelInitializer, or make the handler @Sharable"
            : "let the childHandler be added to any number of channels without an exception",
        channel.setUpStacks(),
        List.of(
            new Evidence(
                Evidence.Source.HOOK, "the server channel threw " + detail, error.frames())));
  }

  private static List<PipelineEntry> own(NettyState server) {
    List<PipelineEntry> own = new ArrayList<>();
    for (PipelineEntry handler : server.pipeline()) {
      if (!handler.className().endsWith(ACCEPTOR)) {
        own.add(handler);
      }
    }
    return own;
  }
}
