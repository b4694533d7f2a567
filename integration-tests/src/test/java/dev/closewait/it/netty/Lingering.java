package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.Socket;

/**
 * Connections with SO_LINGER wait for one thread of the JVM that closes them one after another.
 *
 * <p>The JDK turns the option off when it closes a channel that is still registered with its
 * selector: over NIO the close lingers only where that thread comes later, as it does when it is
 * busy.
 */
final class Lingering implements NettyMode {
  private static final int SECONDS = 600;
  private static final int BYTES = 8_000_000;
  private static final int STALLED = 3;
  private static final int BUSY_MILLIS = 500;

  @Override
  public Outcome play(NettyTransport transport, boolean fixed) throws Exception {
    Channel server =
        new ServerBootstrap()
            .group(transport.group(1, "boss"), transport.group(1, "worker"))
            .channel(transport.server())
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.SO_LINGER, fixed ? -1 : SECONDS)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel child) {
                    child.pipeline().addLast(new Answering(fixed ? 1 : BYTES));
                  }
                })
            .bind(NettyPeers.anyPort())
            .sync()
            .channel();
    int port = NettyPeers.portOf(server);
    GlobalEventExecutor.INSTANCE.execute(Lingering::beBusy);
    for (int i = 0; i < STALLED; i++) {
      Socket stalled = NettyPeers.connect(port);
      NettyPeers.KEPT.add(stalled);
      stalled.getOutputStream().write('?');
      stalled.shutdownOutput();
      if (fixed) {
        stalled.getInputStream().readAllBytes();
        stalled.close();
      }
    }
    return new Outcome(port, STALLED);
  }

  private static void beBusy() {
    try {
      Thread.sleep(BUSY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof ChannelInputShutdownEvent) {
        context.close(); // LEAK
      }
    }
  }
}
