package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ThreadPerTaskExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** What Netty closes by itself, whatever the handlers do: no leak in either twin. */
final class HealthyEndings implements NettyMode {

  /** What the application does, with the mode of facts/netty.md, section 5. */
  private enum Kind {
    ECHO, // control
    ACTIVE_THROWS, // a8
    READ_COMPLETE_KEPT, // a9
    WORKERS_SHUT_DOWN, // c4
    INITIALIZER_THROWS, // c6
    INITIALIZER_FORGIVES, // c6b
    ADDED_THROWS, // c7
    EXECUTOR_REFUSES_ONCE, // c9
    EVERYTHING_SWALLOWED, // e1, e2, e3
    CLOSE_KEPT // e5
  }

  @Override
  public Outcome play(NettyTransport transport, boolean fixed) throws Exception {
    List<Integer> ports = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      EventLoopGroup workers = transport.group(1, executor(kind));
      Channel server =
          new ServerBootstrap()
              .group(transport.group(1, "boss"), workers)
              .channel(transport.server())
              .childHandler(new Initializer(kind))
              .bind(NettyPeers.anyPort())
              .sync()
              .channel();
      if (kind == Kind.WORKERS_SHUT_DOWN) {
        workers.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
      }
      NettyPeers.hangUp(server, 1);
      NettyPeers.reset(server);
      ports.add(NettyPeers.portOf(server));
    }
    return Outcome.closedAt(ports);
  }

  private static Executor executor(Kind kind) {
    Executor threads = new ThreadPerTaskExecutor(new DefaultThreadFactory("healthy", true));
    AtomicBoolean refuses = new AtomicBoolean(kind == Kind.EXECUTOR_REFUSES_ONCE);
    return task -> {
      if (refuses.getAndSet(false)) {
        throw new RejectedExecutionException("not now");
      }
      threads.execute(task);
    };
  }

  private static final class Initializer extends ChannelInitializer<Channel> {
    private final Kind kind;

    Initializer(Kind kind) {
      this.kind = kind;
    }

    @Override
    protected void initChannel(Channel child) {
      if (kind == Kind.INITIALIZER_THROWS || kind == Kind.INITIALIZER_FORGIVES) {
        throw new IllegalStateException("no initializer today");
      }
      if (kind == Kind.CLOSE_KEPT) {
        child.pipeline().addLast(new KeepingOpen());
      }
      child.pipeline().addLast(new Ending(kind));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
      if (kind != Kind.INITIALIZER_FORGIVES) {
        super.exceptionCaught(context, cause);
      }
    }
  }

  private static final class KeepingOpen extends ChannelOutboundHandlerAdapter {
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {}
  }

  private static final class Ending extends ChannelInboundHandlerAdapter {
    private final Kind kind;

    Ending(Kind kind) {
      this.kind = kind;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      failIf(Kind.ADDED_THROWS);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      failIf(Kind.ACTIVE_THROWS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.writeAndFlush(message);
      failIf(Kind.EVERYTHING_SWALLOWED);
      if (kind == Kind.CLOSE_KEPT) {
        context.close();
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      if (kind != Kind.READ_COMPLETE_KEPT) {
        context.fireChannelReadComplete();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {}

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {}

    private void failIf(Kind moment) {
      if (kind == moment) {
        throw new IllegalStateException(moment.name());
      }
    }
  }
}
