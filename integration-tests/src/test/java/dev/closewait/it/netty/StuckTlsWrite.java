package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslHandler;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;

/**
 * Closes a TLS connection while a write is stuck: TLS gives up after a while, io_uring does not.
 */
final class StuckTlsWrite implements NettyMode {
  private static final int BYTES = 8_000_000;
  private static final int PAUSE_MILLIS = 300;

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
                    SslHandler tls = new SslHandler(engine);
                    tls.setCloseNotifyFlushTimeoutMillis(PAUSE_MILLIS);
                    child.pipeline().addLast(tls, new Answering(fixed ? 1 : BYTES));
                  }
                })
            .bind(NettyPeers.anyPort())
            .sync()
            .channel();
    int port = NettyPeers.portOf(server);
    Socket stalled = NettyPeers.connect(port);
    NettyPeers.KEPT.add(stalled);
    SSLSocket tls =
        (SSLSocket)
            SSLContext.getDefault()
                .getSocketFactory()
                .createSocket(stalled, "127.0.0.1", port, false);
    NettyPeers.KEPT.add(tls);
    tls.getOutputStream().write('?');
    Thread.sleep(PAUSE_MILLIS);
    stalled.shutdownOutput();
    Thread.sleep(2 * PAUSE_MILLIS);
    if (fixed) {
      stalled.close();
    }
    return new Outcome(port, 1);
  }

  private static final class Answering extends SimpleChannelInboundHandler<Object> {
    private final int bytes;

    Answering(int bytes) {
      this.bytes = bytes;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message) {
      context.writeAndFlush(context.alloc().buffer(bytes).writeZero(bytes));
      context
          .executor()
          .schedule(() -> giveUp(context.channel()), 2 * PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static void giveUp(Channel channel) {
      channel.close(); // LEAK
    }
  }
}
