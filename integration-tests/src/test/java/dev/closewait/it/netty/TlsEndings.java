package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslHandler;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;

/** The ends of TLS connections that lack a part, all closed by Netty: no leak in either twin. */
final class TlsEndings implements NettyMode {
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
                    child.pipeline().addLast(new SslHandler(engine));
                  }
                })
            .bind(NettyPeers.anyPort())
            .sync()
            .channel();
    NettyPeers.hangUp(server, 0); // before the ClientHello
    int port = NettyPeers.portOf(server);
    try (Socket plain = NettyPeers.connect(port)) {
      SSLSocket tls =
          (SSLSocket)
              SSLContext.getDefault()
                  .getSocketFactory()
                  .createSocket(plain, "127.0.0.1", port, false);
      tls.startHandshake();
      plain.shutdownOutput(); // without a close_notify
      plain.getInputStream().readAllBytes();
    }
    return new Outcome(port, 0);
  }
}
