package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;

/** One handler object is given to all connections and is not sharable: the second one fails. */
final class NotSharable implements NettyMode {
  @Override
  public Outcome play(NettyTransport transport, boolean fixed) throws Exception {
    ChannelHandler only = new ChannelInboundHandlerAdapter();
    ChannelHandler perChannel =
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel child) {
            child.pipeline().addLast(new ChannelInboundHandlerAdapter());
          }
        };
    Channel server =
        new ServerBootstrap()
            .group(transport.group(1, "boss"), transport.group(1, "worker"))
            .channel(transport.server())
            .handler(new Keeping())
            .childHandler(fixed ? perChannel : only)
            .bind(NettyPeers.anyPort()) // LEAK
            .sync()
            .channel();
    NettyPeers.hangUp(server, 0);
    return new Outcome(NettyPeers.portOf(server), 1);
  }

  /** The channels are dropped before anybody could keep them, and would be collected. */
  private static final class Keeping extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object child) {
      NettyPeers.KEPT.add(child);
      context.fireChannelRead(child);
    }
  }
}
