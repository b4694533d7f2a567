package dev.closewait.it.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.pool.AbstractChannelPoolHandler;
import io.netty.channel.pool.FixedChannelPool;
import java.net.ServerSocket;

/** A client acquires pooled channels that nobody reads and does not give them back. */
final class AcquiredNeverReleased implements NettyMode {
  @Override
  public Outcome play(NettyTransport transport, boolean fixed) throws Exception {
    ServerSocket listener = NettyPeers.listen();
    FixedChannelPool pool =
        new FixedChannelPool(
            new Bootstrap()
                .group(transport.group(1, "client"))
                .channel(transport.client())
                .option(ChannelOption.AUTO_READ, false)
                .remoteAddress(listener.getLocalSocketAddress()),
            new AbstractChannelPoolHandler() {
              @Override
              public void channelCreated(Channel created) {}
            },
            NettyPeers.CONNECTIONS);
    NettyPeers.KEPT.add(pool);
    for (int i = 0; i < NettyPeers.CONNECTIONS; i++) {
      Channel acquired = pool.acquire().sync().getNow(); // LEAK
      if (fixed) {
        acquired.close().sync();
        pool.release(acquired).await();
      }
    }
    NettyPeers.acceptAndHangUp(listener, NettyPeers.CONNECTIONS);
    return new Outcome(listener.getLocalPort(), NettyPeers.CONNECTIONS);
  }
}
