package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;

/** Half-closure is allowed, and nobody reads. */
final class HalfClosurePaused implements NettyMode {
  private static final int BYTES = 10;

  @Override
  public Outcome play(NettyTransport transport, boolean fixed) throws Exception {
    Channel server =
        new ServerBootstrap()
            .group(transport.group(1, "boss"), transport.group(1, "worker"))
            .channel(transport.server())
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, !fixed)
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
    return NettyPeers.hangUp(server, BYTES);
  }
}
