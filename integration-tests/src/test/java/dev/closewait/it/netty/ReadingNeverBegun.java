package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;

/** Reading is off for every connection, and no handler asks for data. */
final class ReadingNeverBegun implements NettyMode {
  private static final int[] BYTES = {0, 10, 100_000};

  @Override
  public Outcome play(NettyTransport transport, boolean fixed) throws Exception {
    Channel server =
        new ServerBootstrap()
            .group(transport.group(1, "boss"), transport.group(1, "worker"))
            .channel(transport.server())
            .childOption(ChannelOption.AUTO_READ, fixed)
            .childHandler(new SharedDiscard())
            .bind(NettyPeers.anyPort()) // LEAK
            .sync()
            .channel();
    int port = NettyPeers.portOf(server);
    for (int bytes : BYTES) {
      NettyPeers.hangUpOnce(port, bytes);
    }
    return new Outcome(port, BYTES.length);
  }

  @io.netty.channel.ChannelHandler.Sharable
  private static final class SharedDiscard extends ChannelInboundHandlerAdapter {}
}
