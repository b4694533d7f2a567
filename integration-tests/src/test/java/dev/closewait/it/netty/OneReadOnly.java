package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;

/** A handler that reads by hand asks once and forgets the next time. */
final class OneReadOnly implements NettyMode {
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
                    child.pipeline().addLast(new ReadingByHand(fixed));
                  }
                })
            .bind(NettyPeers.anyPort()) // LEAK
            .sync()
            .channel();
    return NettyPeers.hangUp(server, 1);
  }

  private static final class ReadingByHand extends SimpleChannelInboundHandler<Object> {
    private final boolean goesOn;

    ReadingByHand(boolean goesOn) {
      this.goesOn = goesOn;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      context.read();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message) {
      if (goesOn) {
        context.read();
      }
    }
  }
}
