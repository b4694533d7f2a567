package dev.closewait.it.netty.loader;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/**
 * The application of {@link Redeployments}: a server that answers and throws, with closes, pauses
 * and errors to record, which stops when it is told to.
 */
@SuppressWarnings("deprecation") // what 4.1 and 4.2 both have
public final class DeployedServer implements IntSupplier, IntConsumer {
  private final NioEventLoopGroup group = new NioEventLoopGroup(1);

  @Override
  public int getAsInt() {
    Channel server =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel child) {
                    child.pipeline().addLast(new Answering());
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  /** Stops. */
  @Override
  public void accept(int unused) {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /** An exception of a class that only this deployment has. */
  private static final class AnsweredException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static final class Answering extends SimpleChannelInboundHandler<ByteBuf> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
      context.channel().config().setAutoRead(false);
      context.channel().config().setAutoRead(true);
      context.writeAndFlush(message.retain());
      throw new AnsweredException();
    }
  }
}
