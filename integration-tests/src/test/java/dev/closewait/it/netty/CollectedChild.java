package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import java.io.OutputStream;

/**
 * A handler of the server channel drops what was accepted, and the garbage collector comes at once:
 * nothing of the channels is left but their descriptors.
 *
 * <p>Arguments: the transport; {@code leak} or {@code fixed}.
 */
public final class CollectedChild {
  private static final int COLLECTIONS = 5;
  private static final int PAUSE_MILLIS = 20;

  private CollectedChild() {}

  public static void main(String[] arguments) throws Exception {
    NettyTransport transport = NettyTransport.valueOf(arguments[0]);
    boolean fixed = arguments[1].equals("fixed");
    Channel server =
        new ServerBootstrap()
            .group(transport.group(1, "boss"), transport.group(1, "worker"))
            .channel(transport.server())
            .handler(new Dropping(fixed))
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel child) {}
                })
            .bind(NettyPeers.anyPort()) // LEAK
            .sync()
            .channel();
    NettyMode.Outcome outcome = NettyPeers.hangUp(server, 1);
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      Thread.sleep(PAUSE_MILLIS);
    }
    System.out.println(
        "ready: port=" + outcome.ports().get(0) + " connections=" + outcome.connections());
    System.in.transferTo(OutputStream.nullOutputStream());
  }

  private static final class Dropping extends ChannelInboundHandlerAdapter {
    private final boolean closes;

    Dropping(boolean closes) {
      this.closes = closes;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object child) {
      if (closes) {
        ((Channel) child).unsafe().closeForcibly();
      }
    }
  }
}
