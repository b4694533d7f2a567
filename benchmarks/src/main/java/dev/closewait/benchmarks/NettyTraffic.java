package dev.closewait.benchmarks;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Both ends on Netty, each an event loop that its traffic thread runs by hand, so that no time is
 * spent on other threads: either a connection for each byte, or one for all.
 */
final class NettyTraffic extends Traffic {
  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int BACKLOG = 128;

  private final Transport transport;
  private final boolean keepsAlive;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private final Client client = new Client();

  /**
   * @param keepsAlive false for a connection for each byte
   */
  NettyTraffic(Transport transport, boolean keepsAlive) {
    this.transport = transport;
    this.keepsAlive = keepsAlive;
  }

  /** What the channels are made of. */
  record Transport(
      IoHandlerFactory events,
      Class<? extends ServerChannel> server,
      Class<? extends SocketChannel> client) {

    static Transport nio() {
      return new Transport(
          NioIoHandler.newFactory(), NioServerSocketChannel.class, NioSocketChannel.class);
    }

    static Transport epoll() {
      return new Transport(
          EpollIoHandler.newFactory(), EpollServerSocketChannel.class, EpollSocketChannel.class);
    }
  }

  @Override
  void listen() {}

  /** An event loop belongs to the thread that made it. */
  @Override
  void answer() {
    ManualIoEventLoop loop = new ManualIoEventLoop(Thread.currentThread(), transport.events());
    Channel server =
        new ServerBootstrap()
            .group(loop)
            .channel(transport.server())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new Answering());
                  }
                })
            .bind(new InetSocketAddress(0))
            .channel();
    while (!server.isActive()) {
      loop.run(WAIT_NANOS);
    }
    port.complete(((InetSocketAddress) server.localAddress()).getPort());
    while (server.isOpen()) {
      loop.run(WAIT_NANOS);
    }
  }

  @Override
  void operate(InetAddress remote) {
    client.send(remote);
  }

  /** Sends everything back; Netty closes at the end of the stream. */
  private static final class Answering extends SimpleChannelInboundHandler<ByteBuf> {
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a connection that fails is seen by its client
    protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
      context.writeAndFlush(message.retain());
    }
  }

  /** The end that connects; confined to its traffic thread. */
  private final class Client {
    private @Nullable ManualIoEventLoop loop;
    private @Nullable Bootstrap bootstrap;
    private @Nullable Channel kept;
    private boolean answered;

    @SuppressWarnings("FutureReturnValueIgnored") // waits for the answer, and for the end
    void send(InetAddress remote) {
      ManualIoEventLoop events = loop();
      Channel channel = kept == null ? connected(events, remote) : kept;
      answered = false;
      channel.writeAndFlush(channel.alloc().buffer(1).writeByte(1));
      while (!answered) {
        events.run(WAIT_NANOS);
      }
      if (keepsAlive) {
        kept = channel;
        return;
      }
      channel.close();
      while (channel.isOpen()) {
        events.run(WAIT_NANOS);
      }
    }

    private Channel connected(ManualIoEventLoop events, InetAddress remote) {
      Channel channel = bootstrap(events).connect(remote, port.join()).channel();
      while (!channel.isActive()) {
        events.run(WAIT_NANOS);
      }
      return channel;
    }

    private ManualIoEventLoop loop() {
      if (loop == null) {
        loop = new ManualIoEventLoop(Thread.currentThread(), transport.events());
      }
      return loop;
    }

    private Bootstrap bootstrap(ManualIoEventLoop events) {
      if (bootstrap == null) {
        bootstrap =
            new Bootstrap()
                .group(events)
                .channel(transport.client())
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(
                    new ChannelInitializer<Channel>() {
                      @Override
                      protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Answered());
                      }
                    });
      }
      return bootstrap;
    }

    private final class Answered extends SimpleChannelInboundHandler<ByteBuf> {
      @Override
      protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
        answered = true;
      }
    }
  }
}
