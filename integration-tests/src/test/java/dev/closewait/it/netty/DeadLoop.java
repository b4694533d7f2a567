package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/** An Error of the application's allocator ends an event loop; nobody serves its channels then. */
@SuppressWarnings("deprecation") // what 4.1 and 4.2 both have
final class DeadLoop implements NettyMode {
  private static final int BYTES = 6;
  private static final int PAUSE_MILLIS = 200;

  @Override
  public Outcome play(NettyTransport transport, boolean fixed) throws Exception {
    CountDownLatch registered = new CountDownLatch(2);
    Channel server =
        new ServerBootstrap()
            .group(transport.group(1, "boss"), transport.group(1, "dead-loop"))
            .channel(transport.server())
            .childOption(ChannelOption.RCVBUF_ALLOCATOR, new Sizing(fixed))
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel child) {
                    NettyPeers.KEPT.add(child);
                    registered.countDown();
                  }
                })
            .bind(NettyPeers.anyPort()) // LEAK
            .sync()
            .channel();
    int port = NettyPeers.portOf(server);
    try (Socket first = NettyPeers.connect(port);
        Socket second = NettyPeers.connect(port)) {
      registered.await();
      first.getOutputStream().write(new byte[BYTES]);
      second.getOutputStream().write(new byte[BYTES]);
      Thread.sleep(PAUSE_MILLIS);
    }
    return new Outcome(port, 2);
  }

  /** Netty asks its handle for each read, outside of all that catches errors. */
  private static final class Sizing extends FixedRecvByteBufAllocator {
    private final boolean works;

    Sizing(boolean works) {
      super(64);
      this.works = works;
    }

    @Override
    public RecvByteBufAllocator.Handle newHandle() {
      return works ? super.newHandle() : new Failing(this);
    }

    private static final class Failing
        extends DefaultMaxMessagesRecvByteBufAllocator.MaxMessageHandle {
      Failing(DefaultMaxMessagesRecvByteBufAllocator of) {
        of.super();
      }

      @Override
      public void reset(ChannelConfig config) {
        throw new NoClassDefFoundError("com/acme/Sizes");
      }

      @Override
      public int guess() {
        return 64;
      }
    }
  }
}
