package dev.closewait.it.netty.loader;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A server on any copy of Netty whose handler takes no event that the peer has closed its half, and
 * one client that does.
 *
 * <p>Needs no other class, so that it can be packed for any class loader and compiled against any
 * copy. Argument: {@code leak}, or {@code fixed} for the server that closes.
 */
public final class HalfClosureServer {
  private static final int PAUSE_MILLIS = 200;

  private HalfClosureServer() {}

  public static void main(String[] arguments) throws Exception {
    boolean fixed = arguments[0].equals("fixed");
    int port = ((InetSocketAddress) server(fixed).localAddress()).getPort();
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client.getOutputStream().write('?');
      Thread.sleep(PAUSE_MILLIS);
    }
    System.out.println("ready: port=" + port + " connections=1");
    System.in.transferTo(OutputStream.nullOutputStream());
    System.exit(0);
  }

  @SuppressWarnings("deprecation") // what 4.1 and 4.2 both have
  private static Channel server(boolean fixed) {
    return new ServerBootstrap()
        .group(new NioEventLoopGroup(1))
        .channel(NioServerSocketChannel.class)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel child) {
                child.pipeline().addLast(new Discard(fixed));
              }
            })
        .bind(InetAddress.getLoopbackAddress(), 0) // LEAK
        .syncUninterruptibly()
        .channel();
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
