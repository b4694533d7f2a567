package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;

/** Nobody reads, and the peer hangs up with a reset: dead, and nobody is told. */
final class PausedAndReset implements NettyMode {
  @Override
  public Outcome play(NettyTransport transport, boolean fixed) throws Exception {
    Channel server =
        new ServerBootstrap()
            .group(transport.group(1, "boss"), transport.group(1, "worker"))
            .channel(transport.server())
            .childOption(ChannelOption.AUTO_READ, fixed)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel child) {
                    NettyPeers.KEPT.add(child);
                  }
                })
            .bind(NettyPeers.anyPort()) // LEAK
            .sync()
            .channel();
    return NettyPeers.reset(server);
  }
}
