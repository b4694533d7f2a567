package dev.closewait.it.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.net.ServerSocket;

/** A proxy reads from its client when the backend takes more; the backend hangs up instead. */
final class ProxyBackendGone implements NettyMode {
  @Override
  public Outcome play(NettyTransport transport, boolean fixed) throws Exception {
    ServerSocket backend = NettyPeers.listen();
    NettyPeers.daemon("backend", () -> hangUp(backend));
    Channel server =
        new ServerBootstrap()
            .group(transport.group(1, "boss"), transport.group(1, "worker"))
            .channel(transport.server())
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel child) {
                    child
                        .pipeline()
                        .addLast(new Frontend(transport, backend.getLocalPort(), fixed));
                  }
                })
            .bind(NettyPeers.anyPort()) // LEAK
            .sync()
            .channel();
    return NettyPeers.hangUp(server, 0);
  }

  private static void hangUp(ServerSocket backend) {
    try {
      NettyPeers.acceptAndHangUp(backend, NettyPeers.CONNECTIONS);
    } catch (Exception e) {
      System.out.println("ended: " + e);
    }
  }

  private static final class Frontend extends ChannelInboundHandlerAdapter {
    private final NettyTransport transport;
    private final int port;
    private final boolean closes;

    Frontend(NettyTransport transport, int port, boolean closes) {
      this.transport = transport;
      this.port = port;
      this.closes = closes;
    }

    @Override
    public void channelActive(ChannelHandlerContext client) {
      ChannelFuture connected =
          new Bootstrap()
              .group(client.channel().eventLoop())
              .channel(transport.client())
              .handler(new ChannelInboundHandlerAdapter())
              .connect("127.0.0.1", port);
      if (closes) {
        connected.channel().closeFuture().addListener(ended -> client.close());
      }
    }
  }
}
