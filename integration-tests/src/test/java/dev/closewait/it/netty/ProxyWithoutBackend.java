package dev.closewait.it.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;

/** A proxy reads once its backend is connected; when that fails it forgets the client. */
final class ProxyWithoutBackend implements NettyMode {
  private static final int NOBODY = 1;
  private static final int BYTES = 5;

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
                    child.pipeline().addLast(new Frontend(transport, fixed));
                  }
                })
            .bind(NettyPeers.anyPort()) // LEAK
            .sync()
            .channel();
    return NettyPeers.hangUp(server, BYTES);
  }

  private static final class Frontend extends ChannelInboundHandlerAdapter {
    private final NettyTransport transport;
    private final boolean closes;

    Frontend(NettyTransport transport, boolean closes) {
      this.transport = transport;
      this.closes = closes;
    }

    @Override
    public void channelActive(ChannelHandlerContext client) {
      new Bootstrap()
          .group(client.channel().eventLoop())
          .channel(transport.client())
          .handler(new ChannelInboundHandlerAdapter())
          .connect("127.0.0.1", NOBODY)
          .addListener((ChannelFuture connected) -> start(client, connected.isSuccess()));
    }

    private void start(ChannelHandlerContext client, boolean connected) {
      if (connected) {
        client.read();
      } else if (closes) {
        client.close();
      }
    }
  }
}
