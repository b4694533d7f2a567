package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;

/** A handler takes its channel away from the event loop and never gives it to another. */
final class Deregistered implements NettyMode {
  @Override
  public Outcome play(NettyTransport transport, boolean fixed) throws Exception {
    Channel server =
        new ServerBootstrap()
            .group(transport.group(1, "boss"), transport.group(1, "worker"))
            .channel(transport.server())
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel child) {
                    NettyPeers.KEPT.add(child);
                    child.pipeline().addLast(new Moving(fixed));
                  }
                })
            .bind(NettyPeers.anyPort()) // LEAK
            .sync()
            .channel();
    return NettyPeers.hangUp(server, 0);
  }

  private static final class Moving extends ChannelInboundHandlerAdapter {
    private final boolean stays;

    Moving(boolean stays) {
      this.stays = stays;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      if (!stays) {
        context.deregister();
      }
    }
  }
}
