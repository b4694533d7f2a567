package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/** Half-closure is allowed, and no handler takes the event that the peer has closed its half. */
final class HalfClosureIgnored implements NettyMode {
  @Override
  public Outcome play(NettyTransport transport, boolean fixed) throws Exception {
    Channel server =
        new ServerBootstrap()
            .group(transport.group(1, "boss"), transport.group(1, "worker"))
            .channel(transport.server())
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel child) {
                    child.pipeline().addLast(new Discard(fixed));
                  }
                })
            .bind(NettyPeers.anyPort()) // LEAK
            .sync()
            .channel();
    return NettyPeers.hangUp(server, 1);
  }

  private static final class Discard extends SimpleChannelInboundHandler<Object> {
    private final boolean closes;

    Discard(boolean closes) {
      this.closes = closes;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message) {}

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (closes && event instanceof ChannelInputShutdownEvent) {
        context.close();
      }
    }
  }
}
