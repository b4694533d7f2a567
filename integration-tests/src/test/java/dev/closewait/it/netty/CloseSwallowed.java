package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.util.concurrent.TimeUnit;

/** The application closes a connection that it does not read, and an outbound handler drops it. */
final class CloseSwallowed implements NettyMode {
  @Override
  public Outcome play(NettyTransport transport, boolean fixed) throws Exception {
    Channel server =
        new ServerBootstrap()
            .group(transport.group(1, "boss"), transport.group(1, "worker"))
            .channel(transport.server())
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel child) {
                    if (!fixed) {
                      child.pipeline().addLast(new KeepingOpen());
                    }
                    child.eventLoop().schedule(() -> giveUp(child), 50, TimeUnit.MILLISECONDS);
                  }
                })
            .bind(NettyPeers.anyPort())
            .sync()
            .channel();
    return NettyPeers.hangUp(server, 0);
  }

  private static void giveUp(Channel child) {
    child.close(); // LEAK
  }

  private static final class KeepingOpen extends ChannelOutboundHandlerAdapter {
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {}
  }
}
