package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;

/** What Netty closes by itself, whatever the handlers do: no leak in either twin. */
final class HealthyEndings implements NettyMode {
  private static final String[] KINDS = {"swallow", "initializer", "added", "active", "closed"};

  @Override
  public Outcome play(NettyTransport transport, boolean fixed) throws Exception {
    int port = 0;
    for (String kind : KINDS) {
      EventLoopGroup workers = transport.group(1, kind);
      Channel server =
          new ServerBootstrap()
              .group(transport.group(1, "boss"), workers)
              .channel(transport.server())
              .childHandler(
                  new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel child) {
                      if (kind.equals("initializer")) {
                        throw new IllegalStateException("no initializer today");
                      }
                      child.pipeline().addLast(new Ending(kind));
                    }
                  })
              .bind(NettyPeers.anyPort())
              .sync()
              .channel();
      if (kind.equals("closed")) {
        workers.shutdownGracefully().await();
      }
      NettyPeers.hangUp(server, 1);
      NettyPeers.reset(server);
      port = NettyPeers.portOf(server);
    }
    return new Outcome(port, 0);
  }

  private static final class Ending extends ChannelInboundHandlerAdapter {
    private final String kind;

    Ending(String kind) {
      this.kind = kind;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      failIf("added");
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      failIf("active");
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {}

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {}

    private void failIf(String moment) {
      if (kind.equals(moment)) {
        throw new IllegalStateException(moment);
      }
    }
  }
}
