package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/** The handler of one connection blocks the only event loop; the next two are never registered. */
final class BlockedLoop implements NettyMode {
  @Override
  public Outcome play(NettyTransport transport, boolean fixed) throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    Channel server =
        new ServerBootstrap()
            .group(transport.group(1, "boss"), transport.group(1, "blocked-worker"))
            .channel(transport.server())
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel child) {
                    child.pipeline().addLast(new Slow(fixed, reading));
                  }
                })
            .bind(NettyPeers.anyPort())
            .sync()
            .channel();
    Socket first = NettyPeers.connect(NettyPeers.portOf(server));
    NettyPeers.KEPT.add(first);
    first.getOutputStream().write('?');
    reading.await();
    return NettyPeers.hangUp(server, 1);
  }

  private static final class Slow extends SimpleChannelInboundHandler<Object> {
    private final boolean fast;
    private final CountDownLatch reading;

    Slow(boolean fast, CountDownLatch reading) {
      this.fast = fast;
      this.reading = reading;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message)
        throws InterruptedException {
      reading.countDown();
      if (!fast) {
        Thread.sleep(NettyPeers.LONGER_THAN_ANY_TEST_MILLIS); // LEAK
      }
    }
  }
}
