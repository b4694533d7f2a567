package dev.closewait.connection.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.kqueue.CountingEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Asks channels of the real Netty. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NettyInterviewTest {
  private final NettyInterview interview = new NettyInterview();
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final CountDownLatch unblock = new CountDownLatch(1);
  private Channel channel = new NioSocketChannel();

  @AfterEach
  void close() {
    unblock.countDown();
    if (channel.isRegistered()) {
      channel.close();
    } else {
      channel.unsafe().closeForcibly();
    }
    group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
  }

  @Test
  void tellsStateOfChannelThatWasNeverRegistered() {
    channel.pipeline().addLast("own", new ChannelInboundHandlerAdapter());
    NettyState state = ask();
    assertThat(state.copy()).isEqualTo("io.netty");
    assertThat(state.version()).startsWith("4.2.");
    assertThat(state.open()).isTrue();
    assertThat(state.active()).isFalse();
    assertThat(state.isNotRegistered()).isTrue();
    assertThat(state.isReadingOff()).isFalse();
    assertThat(state.outboundClosed()).isFalse();
    assertThat(state.pendingBytes()).isZero();
    assertThat(state.loop()).isNull();
    assertThat(state.pipeline()).extracting(PipelineEntry::name).containsExactly("own");
  }

  @Test
  void namesThreadOfTheEventLoop() throws Exception {
    group.register(channel).sync();
    NettyLoop loop = Objects.requireNonNull(ask().loop());
    assertThat(loop.threadKnown()).isTrue();
    assertThat(loop.threadName()).startsWith("multiThreadIoEventLoopGroup-");
    assertThat(loop.hasNoThread()).isFalse();
    assertThat(loop.siblings()).isEqualTo(2);
    assertThat(loop.idleSiblings()).isEqualTo(1);
    assertThat(loop.terminated()).isFalse();
  }

  @Test
  void tellsLoopThatItsExecutorNeverRuns() {
    Executor busy = task -> {};
    EventLoopGroup starved = new MultiThreadIoEventLoopGroup(1, busy, NioIoHandler.newFactory());
    starved.register(channel);
    NettyState state = ask();
    NettyLoop loop = Objects.requireNonNull(state.loop());
    assertThat(state.isNotRegistered()).isTrue();
    assertThat(loop.hasNoThread()).isTrue();
    assertThat(loop.shuttingDown()).isFalse();
    assertThat(loop.pendingTasks()).isPositive();
  }

  @Test
  void doesNotWaitForBlockedEventLoop() throws Exception {
    group.register(channel).sync();
    CountDownLatch blocked = new CountDownLatch(1);
    channel
        .eventLoop()
        .execute(
            () -> {
              blocked.countDown();
              awaitQuietly(unblock);
            });
    blocked.await();
    channel.eventLoop().execute(() -> {});
    NettyLoop loop = Objects.requireNonNull(ask().loop());
    assertThat(loop.pendingTasks()).isEqualTo(1);
    assertThat(Objects.requireNonNull(loop.thread()).get()).isNotNull();
  }

  @Test
  void asksNoEventLoopForTasksThatWaitsForItsOwnThread() {
    CountingEventLoop loop = new CountingEventLoop();
    loop.execute(() -> awaitQuietly(unblock));
    NettyTypes types = new NettyTypes("io.netty", loop.getClass().getClassLoader());
    assertThat(new NettyExecutor(types, loop).pendingTasks()).isEqualTo(-1);
    loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
  }

  @Test
  void marksHandlersThatKeepWhatShouldPass() {
    channel.pipeline().addLast("swallowing", new Swallower());
    channel.pipeline().addLast("adapter", new ChannelDuplexHandler());
    assertThat(ask().pipeline())
        .containsExactly(
            new PipelineEntry(
                "swallowing",
                Swallower.class.getName(),
                Map.of("read", Swallowing.class.getName(), "close", Swallowing.class.getName())),
            new PipelineEntry("adapter", ChannelDuplexHandler.class.getName(), Map.of()));
  }

  @Test
  void seesThatReadingIsOff() {
    channel.config().setAutoRead(false);
    assertThat(ask().isReadingOff()).isTrue();
  }

  @Test
  void findsSocketChannelBelowNioChannel() throws Exception {
    channel.unsafe().closeForcibly();
    try (SocketChannel below = SocketChannel.open()) {
      channel = new NioSocketChannel(below);
      assertThat(interview.selectable(channel)).isSameAs(below);
      assertThat(interview.descriptor(channel)).isEqualTo(-1);
    }
  }

  @Test
  void findsHandlerThatServerGivesToItsConnections() throws Exception {
    ChannelInitializer<Channel> initializer =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel accepted) {}
        };
    Channel server =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(initializer)
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sync()
            .channel();
    assertThat(interview.childHandler(server)).isSameAs(initializer);
    server.close().sync();
    assertThat(interview.isOpen(server)).isFalse();
  }

  @Test
  void readsPromiseThatIsDone() {
    DefaultPromise<Channel> promise = new DefaultPromise<>(ImmediateEventExecutor.INSTANCE);
    assertThat(interview.result(promise)).isNull();
    promise.setSuccess(channel);
    assertThat(interview.result(promise)).isSameAs(channel);
    assertThat(interview.result("no promise")).isNull();
  }

  /** What the application has overridden might lock, or never return. */
  @Test
  void asksNoChannelThatTheApplicationHasExtended() {
    channel.unsafe().closeForcibly();
    channel = new OwnChannel();
    assertThat(interview.stateOf(channel, false)).isNull();
    assertThat(interview.isOpen(channel)).isTrue();
  }

  @Test
  void asksNothingThatIsNoChannel() {
    assertThat(interview.stateOf("no channel", false)).isNull();
    assertThat(interview.childHandler(new EmbeddedChannel())).isNull();
  }

  private NettyState ask() {
    NettyState state = interview.stateOf(channel, false);
    interview.endPass();
    assertThat(state).isNotNull();
    return state;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class OwnChannel extends NioSocketChannel {
    @Override
    public boolean isOpen() {
      throw new AssertionError("asked");
    }
  }

  private static final class Swallower extends Swallowing {}

  private static class Swallowing extends ChannelOutboundHandlerAdapter {
    @Override
    public void read(ChannelHandlerContext context) {}

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {}
  }
}
