package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;

/** A handler pauses reading while it works, and never resumes it. */
final class ReadingPausedForEver implements NettyMode {
  private static final int BYTES = 50_000;

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
                    child.pipeline().addLast(new Pausing(fixed));
                  }
                })
            .bind(NettyPeers.anyPort())
            .sync()
            .channel();
    return NettyPeers.hangUp(server, BYTES);
  }

  private static final class Pausing extends SimpleChannelInboundHandler<Object> {
    private final boolean resumes;

    Pausing(boolean resumes) {
      this.resumes = resumes;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message) {
      context.channel().config().setAutoRead(false); // LEAK
      if (resumes) {
        context.executor().execute(() -> context.channel().config().setAutoRead(true));
      }
    }
  }
}
