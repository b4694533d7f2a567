package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.Socket;

/**
 * Half-closure is allowed, and no handler takes the event that the peer has closed its half; one
 * peer has closed both.
 */
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
    int port = NettyPeers.portOf(server);
    NettyPeers.hangUpOnce(port, 1);
    Socket listening = NettyPeers.connect(port);
    NettyPeers.KEPT.add(listening);
    listening.shutdownOutput();
    if (fixed) {
      listening.getInputStream().readAllBytes();
      listening.close();
    }
    return new Outcome(port, 2);
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
