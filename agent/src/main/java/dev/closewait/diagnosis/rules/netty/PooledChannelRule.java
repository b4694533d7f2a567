package dev.closewait.diagnosis.rules.netty;

import dev.closewait.connection.NettyChannel;
import dev.closewait.connection.SocketEvent;
import dev.closewait.connection.netty.NettyState;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.Suspicion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The channel waits in a pool of Netty, or was taken out of one and not given back. */
final class PooledChannelRule extends NettyRule {

  @Override
  @Nullable Ruling judge(Suspicion suspicion, NettyChannel channel, NettyState state) {
    SocketEvent released = channel.pooling().released();
    if (released != null && channel.pooling().idle()) {
      return idle(suspicion, channel, state, released);
    }
    SocketEvent acquired = channel.pooling().acquired();
    return acquired == null ? null : acquired(suspicion, channel, state, acquired);
  }

  private static Ruling idle(
      Suspicion suspicion, NettyChannel channel, NettyState state, SocketEvent released) {
    return new Ruling(
        Cause.POOLED_IDLE,
        "The server "
            + suspicion.connection().remote()
            + " hung up; the channel waits unread in its pool, to which %s gave it back.",
        "leave autoRead on while a channel is in the pool, so that Netty sees the end and closes it",
        NettyFacts.blamed(channel, released, channel.pooling().acquired()),
        "last used",
        Ruling.Certainty.HARMLESS,
        List.of(
            new Evidence(
                Evidence.Source.HOOK,
                "released to its pool and not acquired since",
                released.frames()),
            NettyFacts.channelEvidence(state),
            suspicion.kernelEvidence()));
  }

  private static Ruling acquired(
      Suspicion suspicion, NettyChannel channel, NettyState state, SocketEvent acquired) {
    return new Ruling(
        Cause.CLIENT_NOT_CLOSED,
        "%s acquired the channel from its pool and has neither read, closed nor released it since the server "
            + suspicion.connection().remote()
            + " hung up.",
        "release what was acquired in every case, and close it when it is not to be used again",
        NettyFacts.blamed(channel, acquired),
        Ruling.CULPRIT,
        Ruling.Certainty.BY_AGE,
        List.of(
            new Evidence(
                Evidence.Source.HOOK,
                "acquired from its pool; not released since",
                acquired.frames()),
            NettyFacts.channelEvidence(state),
            suspicion.kernelEvidence()));
  }
}
