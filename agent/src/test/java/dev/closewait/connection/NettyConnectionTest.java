package dev.closewait.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.CloseWaitNetty;
import java.net.CloseWaitNettyTable;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Netty channel over NIO and its socket are one connection. */
class NettyConnectionTest {
  private RecordedConnection recorded;
  private Channel server;
  private Channel channel;

  @BeforeEach
  void record() throws IOException {
    recorded = new RecordedConnection();
    server = new NioServerSocketChannel(recorded.server);
    CloseWaitNetty.created(server, null);
    channel = new NioSocketChannel(server, recorded.accepted);
    CloseWaitNetty.created(channel, server);
  }

  @AfterEach
  void close() throws IOException {
    recorded.close();
  }

  @Test
  void reportsChannelAndSocketAsOneConnection() {
    channel.pipeline().addLast("own", new ChannelInboundHandlerAdapter());
    ConnectionSnapshot stuck = stuck();
    assertThat(stuck.transport()).isEqualTo(Transport.NETTY_NIO);
    NettyChannel netty = netty(stuck);
    assertThat(Objects.requireNonNull(netty.state()).isNotRegistered()).isTrue();
    assertThat(netty.state().pipeline()).hasSize(1);
  }

  @Test
  void namesTheCallThatBoundTheServer() {
    NettyChannel netty = netty(stuck());
    assertThat(netty.created().stack()).isNull();
    assertThat(netty.setUpStacks().get(0))
        .anyMatch(frame -> frame.getClassName().equals(getClass().getName()));
  }

  @Test
  void keepsWhatHappenedToTheChannel() {
    CloseWaitNetty.autoRead(channel, false);
    CloseWaitNetty.closeRequested(channel, "tail");
    CloseWaitNetty.tailException(channel, new IllegalStateException("boom"));
    NettyChannel netty = netty(stuck());
    assertThat(netty.pausedNanos()).isNotZero();
    assertThat(Objects.requireNonNull(netty.pause()).frames()).isNotEmpty();
    assertThat(Objects.requireNonNull(netty.closeRequest()).frames()).isNotEmpty();
    assertThat(netty.closeStoppedAt()).isEqualTo("tail");
    assertThat(Objects.requireNonNull(netty.tailError()).detail())
        .isEqualTo("java.lang.IllegalStateException: boom");
  }

  @Test
  void findsTheCallThatAcquiredTheChannelByItsPromise() {
    Promise<Channel> promise = new DefaultPromise<>(ImmediateEventExecutor.INSTANCE);
    CloseWaitNetty.acquiring(promise);
    assertThat(netty(stuck()).pooling().acquired()).isNull();
    promise.setSuccess(channel);
    assertThat(netty(stuck()).pooling().acquired()).isNotNull();
    CloseWaitNetty.released(channel);
    assertThat(netty(stuck()).pooling().idle()).isTrue();
    CloseWaitNetty.polled(channel);
    assertThat(netty(stuck()).pooling().idle()).isFalse();
    assertThat(netty(stuck()).pooling().acquired()).isNull();
  }

  /** {@code closeForcibly} completes no close future. */
  @Test
  void forgetsChannelWhoseSocketWasClosedUnseen() {
    Channel other = new NioSocketChannel();
    CloseWaitNetty.created(other, null);
    other.unsafe().closeForcibly();
    recorded.snapshot(recorded.later, RecordedConnection.ESTABLISHED);
    assertThat(CloseWaitNettyTable.find(other)).isNull();
  }

  @Test
  void namesTheServerOfChannelThatWasCollectedTooEarly() {
    CloseWaitNetty.closed(channel);
    NettyChannel netty = netty(stuck());
    assertThat(netty.state()).isNull();
    assertThat(netty.server()).isNotNull();
    assertThat(netty.setUpStacks().get(0)).isNotEmpty();
  }

  private ConnectionSnapshot stuck() {
    return recorded.onlyStuck(recorded.later, RecordedConnection.CLOSE_WAIT);
  }

  private static NettyChannel netty(ConnectionSnapshot snapshot) {
    assertThat(snapshot.netty()).isNotNull();
    return snapshot.netty();
  }
}
