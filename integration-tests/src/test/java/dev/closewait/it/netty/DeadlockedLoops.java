package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** The handlers of two event loops take two locks, each in its own order. */
final class DeadlockedLoops implements NettyMode {
  private static final Object[] LOCKS = {new Object(), new Object()};
  private static final CountDownLatch BOTH = new CountDownLatch(2);

  private final AtomicInteger next = new AtomicInteger();

  @Override
  public Outcome play(NettyTransport transport, boolean fixed) throws Exception {
    Channel server =
        new ServerBootstrap()
            .group(transport.group(1, "boss"), transport.group(2, "deadlocked"))
            .channel(transport.server())
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel child) {
                    child
                        .pipeline()
                        .addLast(new Transfer(fixed ? 0 : next.getAndIncrement(), !fixed));
                  }
                })
            .bind(NettyPeers.anyPort())
            .sync()
            .channel();
    return NettyPeers.hangUpTogether(server);
  }

  private static final class Transfer extends SimpleChannelInboundHandler<Object> {
    private final int first;
    private final boolean waits;

    Transfer(int first, boolean waits) {
      this.first = first & 1;
      this.waits = waits;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message) throws Exception {
      synchronized (LOCKS[first]) {
        BOTH.countDown();
        if (waits) {
          BOTH.await();
        }
        takeSecond();
      }
    }

    private void takeSecond() {
      synchronized (LOCKS[1 - first]) {
        NettyPeers.KEPT.add(this); // LEAK
      }
    }
  }
}
