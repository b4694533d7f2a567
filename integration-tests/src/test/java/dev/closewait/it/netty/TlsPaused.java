package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslHandler;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** A handler behind TLS pauses reading, and the peer says goodbye. */
final class TlsPaused implements NettyMode {
  private static final int PAUSE_MILLIS = 200;

  @Override
  public Outcome play(NettyTransport transport, boolean fixed) throws Exception {
    NettyPeers.prepareTls();
    Channel server =
        new ServerBootstrap()
            .group(transport.group(1, "boss"), transport.group(1, "worker"))
            .channel(transport.server())
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel child) throws Exception {
                    SSLEngine engine = SSLContext.getDefault().createSSLEngine();
                    engine.setUseClientMode(false);
                    child.pipeline().addLast(new SslHandler(engine), new Pausing(fixed));
                  }
                })
            .bind(NettyPeers.anyPort())
            .sync()
            .channel();
    int port = NettyPeers.portOf(server);
    for (int i = 0; i < NettyPeers.CONNECTIONS; i++) {
      try (Socket client =
          SSLContext.getDefault().getSocketFactory().createSocket("127.0.0.1", port)) {
        client.getOutputStream().write('?');
        Thread.sleep(PAUSE_MILLIS);
      }
    }
    return new Outcome(port, NettyPeers.CONNECTIONS);
  }

  private static final class Pausing extends SimpleChannelInboundHandler<Object> {
    private final boolean goesOn;

    Pausing(boolean goesOn) {
      this.goesOn = goesOn;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message) {
      if (!goesOn) {
        context.channel().config().setAutoRead(false); // LEAK
      }
    }
  }
}
