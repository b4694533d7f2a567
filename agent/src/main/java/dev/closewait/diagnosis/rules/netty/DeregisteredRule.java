package dev.closewait.diagnosis.rules.netty;

import dev.closewait.connection.NettyChannel;
import dev.closewait.connection.netty.NettyLoop;
import dev.closewait.connection.netty.NettyState;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.Suspicion;
import dev.closewait.diagnosis.ThreadLook;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The channel was taken from its event loop and given to no other: the loop is idle and has no task
 * left, so a registration would have been done.
 */
final class DeregisteredRule extends NettyRule {

  @Override
  @Nullable Ruling judge(Suspicion suspicion, NettyChannel channel, NettyState state) {
    NettyLoop loop = state.loop();
    ThreadLook look = suspicion.eventLoop();
    if (!state.isNotRegistered()
        || loop == null
        || look == null
        || loop.pendingTasks() != 0
        || !look.isWaitingForNetwork()) {
      return null;
    }
    return new Ruling(
        Cause.READ_INTEREST_OFF,
        "The channel was deregistered from its event loop and never registered again, so nobody reads it. It was set up"
            + " in %s.",
        "register the channel again after deregister(), or close it",
        channel.setUpStacks(),
        Ruling.CULPRIT,
        Ruling.Certainty.BY_AGE,
        List.of(
            NettyFacts.channelEvidence(state),
            Evidence.of(
                Evidence.Source.THREAD,
                "its event loop " + look.name() + " waits for events and has no task left"),
            suspicion.kernelEvidence()));
  }
}
