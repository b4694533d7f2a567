package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;

/** HTTP/2 over a channel that allows half-closure: the codec ignores the event. */
final class Http2HalfClosed implements NettyMode {
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
                    child.pipeline().addLast(Http2FrameCodecBuilder.forServer().build());
                    child.pipeline().addLast(new Ending(fixed));
                  }
                })
            .bind(NettyPeers.anyPort()) // LEAK
            .sync()
            .channel();
    int port = NettyPeers.portOf(server);
    Http2Client.endWithOpenStream(port, fixed);
    return new Outcome(port, NettyPeers.CONNECTIONS);
  }

  private static final class Ending extends ChannelInboundHandlerAdapter {
    private final boolean closes;

    Ending(boolean closes) {
      this.closes = closes;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (closes && event instanceof ChannelInputShutdownEvent) {
        context.channel().unsafe().close(context.voidPromise());
      }
    }
  }
}
