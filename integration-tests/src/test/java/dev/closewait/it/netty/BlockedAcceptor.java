package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;

/** A handler of the server channel blocks the event loop that accepts. */
final class BlockedAcceptor implements NettyMode {
  @Override
  public Outcome play(NettyTransport transport, boolean fixed) throws Exception {
    Channel server =
        new ServerBootstrap()
            .group(transport.group(1, "blocked-boss"), transport.group(1, "worker"))
            .channel(transport.server())
            .handler(new Auditing(fixed))
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel child) {}
                })
            .bind(NettyPeers.anyPort())
            .sync()
            .channel();
    NettyPeers.hangUpOnce(NettyPeers.portOf(server), 0);
    return NettyPeers.hangUp(server, 0);
  }

  private static final class Auditing extends ChannelInboundHandlerAdapter {
    private final boolean fast;

    Auditing(boolean fast) {
      this.fast = fast;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object child)
        throws InterruptedException {
      if (!fast) {
        Thread.sleep(NettyPeers.LONGER_THAN_ANY_TEST_MILLIS); // LEAK
      }
      context.fireChannelRead(child);
    }
  }
}
