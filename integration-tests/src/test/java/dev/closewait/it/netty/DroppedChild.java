package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;

/**
 * A handler of the server channel limits connections and forgets to close those that it refuses.
 */
final class DroppedChild implements NettyMode {
  @Override
  public Outcome play(NettyTransport transport, boolean fixed) throws Exception {
    Channel server =
        new ServerBootstrap()
            .group(transport.group(1, "boss"), transport.group(1, "worker"))
            .channel(transport.server())
            .handler(new Limit(fixed))
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel child) {
                    NettyPeers.KEPT.add(child);
                  }
                })
            .bind(NettyPeers.anyPort())
            .sync()
            .channel();
    return NettyPeers.hangUp(server, 0);
  }

  private static final class Limit extends ChannelInboundHandlerAdapter {
    private final boolean closes;

    Limit(boolean closes) {
      this.closes = closes;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object child) {
      NettyPeers.KEPT.add(child); // LEAK
      if (closes) {
        ((Channel) child).unsafe().closeForcibly();
      }
    }
  }
}
