package dev.closewait.diagnosis.rules.netty;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.NettyChannel;
import dev.closewait.connection.netty.NettyState;
import dev.closewait.diagnosis.LeakRule;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.Suspicion;
import dev.closewait.kernel.TcpState;
import org.jspecify.annotations.Nullable;

/**
 * A rule about a connection in CLOSE_WAIT whose Netty channel could be asked; a dead one has
 * another cause.
 */
abstract class NettyRule implements LeakRule {

  @Override
  public final @Nullable Ruling judge(Suspicion suspicion) {
    ConnectionSnapshot connection = suspicion.connection();
    NettyChannel channel = connection.netty();
    NettyState state = channel == null ? null : channel.state();
    if (channel == null || state == null || suspicion.state() != TcpState.CLOSE_WAIT) {
      return null;
    }
    return judge(suspicion, channel, state);
  }

  /** The ruling, when its proof is complete; null otherwise. */
  abstract @Nullable Ruling judge(Suspicion suspicion, NettyChannel channel, NettyState state);
}
