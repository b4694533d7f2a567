package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Three event loops share an executor of one thread: two of them never run. */
final class StarvedLoop implements NettyMode {
  private static final int LOOPS = 3;

  @Override
  public Outcome play(NettyTransport transport, boolean fixed) throws Exception {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            fixed ? LOOPS : 1, new DefaultThreadFactory("shop-worker", true));
    Channel server =
        new ServerBootstrap()
            .group(transport.group(1, "boss"), transport.group(LOOPS, threads))
            .channel(transport.server())
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel child) {}
                })
            .bind(NettyPeers.anyPort()) // LEAK
            .sync()
            .channel();
    int port = NettyPeers.portOf(server);
    for (int i = 0; i < LOOPS; i++) {
      NettyPeers.hangUpOnce(port, 1);
    }
    return new Outcome(port, LOOPS - 1);
  }
}
