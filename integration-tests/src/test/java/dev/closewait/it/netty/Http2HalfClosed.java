package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** HTTP/2 over a channel that allows half-closure: the codec ignores the event. */
final class Http2HalfClosed implements NettyMode {
  private static final int PAUSE_MILLIS = 150;

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
    for (int i = 0; i < NettyPeers.CONNECTIONS; i++) {
      try (Socket client = NettyPeers.connect(port)) {
        client.getOutputStream().write(request());
        Thread.sleep(PAUSE_MILLIS);
        client.shutdownOutput();
        Thread.sleep(PAUSE_MILLIS);
        client.getInputStream().readNBytes(client.getInputStream().available());
      }
    }
    return new Outcome(port, NettyPeers.CONNECTIONS);
  }

  /**
   * RFC 9113: the preface, empty SETTINGS, and HEADERS (GET http /) of a stream that stays open.
   */
  private static byte[] request() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    bytes.write(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
    bytes.write(new byte[] {0, 0, 3, 1, 4, 0, 0, 0, 1, (byte) 0x82, (byte) 0x86, (byte) 0x84});
    return bytes.toByteArray();
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
