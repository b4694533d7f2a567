package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.OutputStream;

/**
 * Servers over NIO and epoll that are bound before the agent comes, and others that are bound when
 * standard input ends; none takes the event that its peer has closed its half.
 *
 * <p>Argument: {@code leak}, or {@code fixed} for those that close.
 */
public final class LateAttachServers {
  private LateAttachServers() {}

  public static void main(String[] arguments) throws Exception {
    boolean fixed = arguments[0].equals("fixed");
    for (NettyTransport transport : transports()) {
      NettyPeers.KEPT.add(earlier(transport, fixed));
    }
    System.in.transferTo(OutputStream.nullOutputStream());
    for (NettyTransport transport : transports()) {
      NettyPeers.KEPT.add(later(transport, fixed));
    }
    Thread.sleep(NettyPeers.LONGER_THAN_ANY_TEST_MILLIS);
  }

  private static NettyTransport[] transports() {
    return new NettyTransport[] {NettyTransport.NIO, NettyTransport.EPOLL};
  }

  private static Channel earlier(NettyTransport transport, boolean fixed) throws Exception {
    Channel server = bootstrap(transport, fixed).bind(NettyPeers.anyPort()).sync().channel();
    System.out.println("earlier " + transport + " " + NettyPeers.portOf(server));
    return server;
  }

  private static Channel later(NettyTransport transport, boolean fixed) throws Exception {
    Channel server =
        bootstrap(transport, fixed)
            .bind(NettyPeers.anyPort()) // LEAK
            .sync()
            .channel();
    System.out.println("later " + transport + " " + NettyPeers.portOf(server));
    return server;
  }

  private static ServerBootstrap bootstrap(NettyTransport transport, boolean fixed) {
    return new ServerBootstrap()
        .group(transport.group(1, "boss"), transport.group(1, "worker"))
        .channel(transport.server())
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childHandler(new Initializer(fixed));
  }

  private static final class Initializer extends ChannelInitializer<Channel> {
    private final boolean closes;

    Initializer(boolean closes) {
      this.closes = closes;
    }

    @Override
    protected void initChannel(Channel child) {
      child.pipeline().addLast(new Discard(closes));
    }
  }

  private static final class Discard extends SimpleChannelInboundHandler<Object> {
    private final boolean closes;

    Discard(boolean closes) {
      this.closes = closes;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message) {}

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (closes && event instanceof ChannelInputShutdownEvent) {
        context.close();
      }
    }
  }
}
