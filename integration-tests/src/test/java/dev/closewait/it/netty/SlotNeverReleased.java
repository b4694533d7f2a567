package dev.closewait.it.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.pool.AbstractChannelPoolHandler;
import io.netty.channel.pool.FixedChannelPool;
import java.net.ServerSocket;

/**
 * A client never gives back what it has acquired, and reads it: the pool loses its slots, but Netty
 * closes the connections.
 */
final class SlotNeverReleased implements NettyMode {
  @Override
  public Outcome play(NettyTransport transport, boolean fixed) throws Exception {
    ServerSocket listener = NettyPeers.listen();
    FixedChannelPool pool =
        new FixedChannelPool(
            new Bootstrap()
                .group(transport.group(1, "client"))
                .channel(transport.client())
                .remoteAddress(listener.getLocalSocketAddress()),
            new AbstractChannelPoolHandler() {
              @Override
              public void channelCreated(Channel created) {}
            },
            NettyPeers.CONNECTIONS);
    NettyPeers.KEPT.add(pool);
    for (int i = 0; i < NettyPeers.CONNECTIONS; i++) {
      Channel acquired = pool.acquire().sync().getNow();
      if (fixed) {
        pool.release(acquired).await();
      }
    }
    NettyPeers.acceptAndHangUp(listener, fixed ? 1 : NettyPeers.CONNECTIONS);
    return new Outcome(listener.getLocalPort(), 0);
  }
}
