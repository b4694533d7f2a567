package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/** Closes while a write is stuck because the peer does not read: io_uring does not end that. */
final class StuckWrite implements NettyMode {
  private static final int BYTES = 8_000_000;
  private static final int PAUSE_MILLIS = 600;

  @Override
  public Outcome play(NettyTransport transport, boolean fixed) throws Exception {
    Channel server =
        new ServerBootstrap()
            .group(transport.group(1, "boss"), transport.group(1, "worker"))
            .channel(transport.server())
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel child) {
                    child.pipeline().addLast(new Answering(fixed ? 1 : BYTES));
                    child.eventLoop().schedule(() -> giveUp(child), 300, TimeUnit.MILLISECONDS);
                  }
                })
            .bind(NettyPeers.anyPort())
            .sync()
            .channel();
    int port = NettyPeers.portOf(server);
    Socket stalled = NettyPeers.connect(port);
    NettyPeers.KEPT.add(stalled);
    stalled.getOutputStream().write('?');
    Thread.sleep(PAUSE_MILLIS / 6);
    stalled.shutdownOutput();
    Thread.sleep(PAUSE_MILLIS);
    if (fixed) {
      stalled.close();
    }
    return new Outcome(port, 1);
  }

  private static void giveUp(Channel child) {
    child.close(); // LEAK
  }

  private static final class Answering extends SimpleChannelInboundHandler<Object> {
    private final int bytes;

    Answering(int bytes) {
      this.bytes = bytes;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message) {
      context.writeAndFlush(context.alloc().buffer(bytes).writeZero(bytes));
    }
  }
}
