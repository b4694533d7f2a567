package dev.closewait.it.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.pool.AbstractChannelPoolHandler;
import io.netty.channel.pool.SimpleChannelPool;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Channels wait in a pool, unread, and their server hangs up. */
final class IdleInPool implements NettyMode {
  @Override
  public Outcome play(NettyTransport transport, boolean fixed) throws Exception {
    ServerSocket listener = NettyPeers.listen();
    SimpleChannelPool pool =
        new SimpleChannelPool(
            new Bootstrap()
                .group(transport.group(1, "client"))
                .channel(transport.client())
                .option(ChannelOption.AUTO_READ, fixed)
                .remoteAddress(listener.getLocalSocketAddress()),
            new AbstractChannelPoolHandler() {
              @Override
              public void channelCreated(Channel created) {}
            });
    NettyPeers.KEPT.add(pool);
    List<Channel> acquired = new ArrayList<>();
    for (int i = 0; i < NettyPeers.CONNECTIONS; i++) {
      acquired.add(pool.acquire().sync().getNow());
    }
    for (Channel each : acquired) {
      pool.release(each).sync(); // LEAK
    }
    NettyPeers.acceptAndHangUp(listener, NettyPeers.CONNECTIONS);
    return new Outcome(listener.getLocalPort(), NettyPeers.CONNECTIONS);
  }
}
