package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import java.util.ArrayList;
import java.util.List;

/**
 * HTTP/2 connections that end with an open stream, whose server waits for it to close or does not
 * read it: closed by Netty with the peer's FIN, no leak in either twin.
 */
final class Http2Endings implements NettyMode {
  @Override
  public Outcome play(NettyTransport transport, boolean fixed) throws Exception {
    List<Integer> ports = new ArrayList<>();
    for (boolean multiplexed : new boolean[] {false, true}) {
      Channel server =
          new ServerBootstrap()
              .group(transport.group(1, "boss"), transport.group(1, "worker"))
              .channel(transport.server())
              .childHandler(
                  new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel child) {
                      child
                          .pipeline()
                          .addLast(
                              Http2FrameCodecBuilder.forServer().build(),
                              multiplexed
                                  ? new Http2MultiplexHandler(new Unread())
                                  : new Closing());
                    }
                  })
              .bind(NettyPeers.anyPort())
              .sync()
              .channel();
      Http2Client.endWithOpenStream(NettyPeers.portOf(server), true);
      ports.add(NettyPeers.portOf(server));
    }
    return Outcome.closedAt(ports);
  }

  /** The codec delays this until the stream is closed. */
  private static final class Closing extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
      if (frame instanceof Http2HeadersFrame) {
        context.close();
      }
    }
  }

  @ChannelHandler.Sharable
  private static final class Unread extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel stream) {
      stream.config().setAutoRead(false);
    }
  }
}
