package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/** Answers once after the peer has gone: the connection is reset, and the channel stays open. */
final class HalfClosureThenReset implements NettyMode {
  private static final int PAUSE_MILLIS = 200;

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
                    child.pipeline().addLast(new Answering(fixed));
                  }
                })
            .bind(NettyPeers.anyPort()) // LEAK
            .sync()
            .channel();
    Outcome outcome = NettyPeers.hangUp(server, 1);
    Thread.sleep(PAUSE_MILLIS);
    return outcome;
  }

  private static final class Answering extends ChannelInboundHandlerAdapter {
    private final boolean closes;

    Answering(boolean closes) {
      this.closes = closes;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof ChannelInputShutdownEvent) {
        context.writeAndFlush(context.alloc().buffer(1).writeZero(1)); // LEAK over NIO
        if (closes) {
          context.close();
        }
      }
    }
  }
}
