package dev.closewait.diagnosis.rules.netty;

import dev.closewait.connection.NettyChannel;
import dev.closewait.connection.netty.NettyLoop;
import dev.closewait.connection.netty.NettyState;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.Suspicion;
import dev.closewait.diagnosis.ThreadLook;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The event loop of a registered channel is stuck in the application, or has ended. */
final class EventLoopRule extends NettyRule {
  private final long thresholdNanos;

  EventLoopRule(long thresholdNanos) {
    this.thresholdNanos = thresholdNanos;
  }

  @Override
  @Nullable Ruling judge(Suspicion suspicion, NettyChannel channel, NettyState state) {
    NettyLoop loop = state.loop();
    if (loop == null || !Boolean.TRUE.equals(state.registered())) {
      return null;
    }
    ThreadLook look = suspicion.eventLoop();
    if (look != null && NettyFacts.isStuck(look, thresholdNanos)) {
      return stuck(suspicion, channel, state, look);
    }
    return loop.terminated() || (loop.shuttingDown() && loop.hasNoThread())
        ? ended(suspicion, channel, state)
        : null;
  }

  private static Ruling stuck(
      Suspicion suspicion, NettyChannel channel, NettyState state, ThreadLook look) {
    List<List<StackTraceElement>> blamed = new ArrayList<>();
    blamed.add(look.stack());
    blamed.addAll(channel.setUpStacks());
    return new Ruling(
        Cause.THREAD_STUCK,
        "The event loop of the connection, " + look.name() + ", " + look.doing() + " in %s.",
        "never block on an event loop: hand the work to threads of its own",
        blamed,
        Ruling.CULPRIT,
        Ruling.Certainty.BY_AGE,
        List.of(
            NettyFacts.threadEvidence(look),
            NettyFacts.channelEvidence(state),
            suspicion.kernelEvidence()));
  }

  private static Ruling ended(Suspicion suspicion, NettyChannel channel, NettyState state) {
    return new Ruling(
        suspicion.receiveQueueBytes() > 1 ? Cause.UNREAD_DATA : Cause.THREAD_STUCK,
        "The event loop of the connection has ended without closing it, so nobody reads. It was set up in %s.",
        "find out what ended the event loop (an Error, or shutdownGracefully), and close its channels before",
        channel.setUpStacks(),
        Ruling.CULPRIT,
        Ruling.Certainty.BY_AGE,
        List.of(
            Evidence.of(
                Evidence.Source.THREAD,
                "the event loop is terminated and has no thread; what ended it is not known"),
            NettyFacts.channelEvidence(state),
            suspicion.kernelEvidence()));
  }
}
