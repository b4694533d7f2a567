package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;

/** The server channel's own reading is turned off: it accepts no more. */
final class AcceptorPaused implements NettyMode {
  @Override
  public Outcome play(NettyTransport transport, boolean fixed) throws Exception {
    Channel server =
        new ServerBootstrap()
            .group(transport.group(1, "boss"), transport.group(1, "worker"))
            .channel(transport.server())
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel child) {}
                })
            .bind(NettyPeers.anyPort())
            .sync()
            .channel();
    NettyPeers.KEPT.add(server);
    if (!fixed) {
      server.config().setAutoRead(false); // LEAK
      NettyPeers.hangUpOnce(NettyPeers.portOf(server), 0); // may still be accepted
    }
    return NettyPeers.hangUp(server, 0);
  }
}
