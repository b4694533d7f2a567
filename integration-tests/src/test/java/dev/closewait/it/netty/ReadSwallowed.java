package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOutboundHandlerAdapter;

/** An outbound handler drops every read request. */
final class ReadSwallowed implements NettyMode {
  private static final int BYTES = 5;

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
                    if (!fixed) {
                      child.pipeline().addLast("throttle", new Throttle());
                    }
                  }
                })
            .bind(NettyPeers.anyPort())
            .sync()
            .channel();
    return NettyPeers.hangUp(server, BYTES);
  }

  private static final class Throttle extends ChannelOutboundHandlerAdapter {
    @Override
    public void read(ChannelHandlerContext context) {} // LEAK
  }
}
