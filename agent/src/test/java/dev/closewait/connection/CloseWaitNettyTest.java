package dev.closewait.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.CloseWaitControl;
import java.net.CloseWaitEvent;
import java.net.CloseWaitNetty;
import java.net.CloseWaitNettyCall;
import java.net.CloseWaitNettyRecord;
import java.net.CloseWaitNettyTable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls the hooks as the woven classes do. */
class CloseWaitNettyTest {
  private static final int MOST = 20;

  private final List<Channel> open = new ArrayList<>();

  @BeforeEach
  void record() {
    CloseWaitControl.switchOn(MOST, false);
    CloseWaitControl.tick(1, 1000);
    CloseWaitNettyCall.takeAcquires();
    CloseWaitNettyCall.takeChildHandlers();
  }

  @AfterEach
  void stop() {
    CloseWaitControl.switchOff();
    open.forEach(channel -> channel.unsafe().closeForcibly());
  }

  @Test
  void linksAcceptedChannelToItsServer() {
    Channel server = keep(new NioServerSocketChannel());
    Channel accepted = keep(new NioSocketChannel());
    CloseWaitNetty.created(server, null);
    CloseWaitNetty.created(accepted, server);
    CloseWaitNettyRecord entry = recordOf(accepted);
    assertThat(entry.parent()).isSameAs(recordOf(server));
    assertThat(entry.created().stack()).isNull();
    assertThat(entry.parent().created().stack()).isInstanceOf(Throwable.class);
    assertThat(entry.parent().isListener()).isTrue();
    assertThat(entry.isNative()).isFalse();
  }

  @Test
  void recordsChannelOnceThoughItsConstructorsCallEachOther() {
    Channel channel = created();
    CloseWaitNetty.created(channel, null);
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void forgetsChannelThatWasClosed() {
    Channel channel = created();
    CloseWaitNetty.closed(channel);
    assertThat(CloseWaitNettyTable.find(channel)).isNull();
    CloseWaitNetty.closed(channel);
    assertThat(count()).isZero();
  }

  @Test
  void ignoresEmbeddedChannel() {
    EmbeddedChannel channel = new EmbeddedChannel();
    CloseWaitNetty.created(channel, null);
    assertThat(CloseWaitNettyTable.find(channel)).isNull();
  }

  @Test
  void keepsFirstCloseRequestAndLastContext() {
    Channel channel = created();
    CloseWaitNetty.closeRequested(channel, "tail");
    CloseWaitEvent first = recordOf(channel).closeRequest();
    CloseWaitNetty.closeRequested(channel, "codec");
    assertThat(recordOf(channel).closeRequest()).isSameAs(first);
    assertThat(recordOf(channel).lastContext()).isEqualTo("codec");
  }

  @Test
  void keepsFirstPauseAndCountsTheOthers() {
    Channel channel = created();
    CloseWaitNetty.autoRead(channel, false);
    CloseWaitNetty.autoRead(channel, true);
    assertThat(recordOf(channel).pausedNanos()).isZero();
    CloseWaitNetty.autoRead(channel, false);
    assertThat(recordOf(channel).pausedNanos()).isNotZero();
    assertThat(recordOf(channel).pause().count()).isEqualTo(2);
  }

  @Test
  void keepsLastExceptionThatReachedTheTail() {
    Channel channel = created();
    CloseWaitNetty.tailException(channel, new IllegalStateException("first"));
    Throwable last = new IllegalStateException("last");
    CloseWaitNetty.tailException(channel, last);
    assertThat(recordOf(channel).tailError().error()).isSameAs(last);
    assertThat(recordOf(channel).tailError().count()).isEqualTo(2);
  }

  @Test
  void knowsWhetherChannelIsInItsPool() {
    Channel channel = created();
    CloseWaitNetty.released(channel);
    assertThat(recordOf(channel).isPooled()).isTrue();
    CloseWaitNetty.polled(channel);
    assertThat(recordOf(channel).isPooled()).isFalse();
    CloseWaitNetty.polled(null);
  }

  @Test
  void keepsCallsUntilTheAgentTakesThem() {
    Object handler = new Object();
    CloseWaitNetty.childHandler(handler);
    CloseWaitNettyCall[] calls = CloseWaitNettyCall.takeChildHandlers();
    assertThat(calls).hasSize(1);
    assertThat(calls[0].refersTo(handler)).isTrue();
    assertThat(calls[0].event().stack()).isInstanceOf(Throwable.class);
    assertThat(CloseWaitNettyCall.takeChildHandlers()).isEmpty();
  }

  @Test
  void keepsBoundedNumberOfCalls() {
    Object promise = new DefaultEventLoop().newPromise();
    for (int i = 0; i < 1100; i++) {
      CloseWaitNetty.acquiring(promise);
    }
    assertThat(CloseWaitNettyCall.takeAcquires()).hasSize(1000);
  }

  @Test
  void recordsNoMoreChannelsThanAllowed() {
    long notTracked = CloseWaitControl.notTracked();
    for (int i = 0; i < MOST + 3; i++) {
      created();
    }
    assertThat(count()).isEqualTo(MOST);
    assertThat(CloseWaitControl.notTracked() - notTracked).isEqualTo(3);
  }

  @Test
  void holdsNothingOnceSwitchedOff() {
    Channel channel = created();
    CloseWaitControl.switchOff();
    assertThat(CloseWaitNettyTable.isEmpty()).isTrue();
    CloseWaitNetty.created(channel, null);
    CloseWaitNetty.closed(channel);
    assertThat(CloseWaitNettyTable.isEmpty()).isTrue();
  }

  @Test
  void recordsChannelFromBeforeTheAttachWhenSomethingHappensToIt() {
    CloseWaitControl.switchOn(MOST, true);
    Channel channel = keep(new NioSocketChannel());
    CloseWaitNetty.closeRequested(channel, "tail");
    assertThat(recordOf(channel).isAdopted()).isTrue();
    assertThat(recordOf(channel).created().stack()).isNull();
  }

  private Channel created() {
    Channel channel = keep(new NioSocketChannel());
    CloseWaitNetty.created(channel, null);
    return channel;
  }

  private Channel keep(Channel channel) {
    open.add(channel);
    return channel;
  }

  private static CloseWaitNettyRecord recordOf(Channel channel) {
    CloseWaitNettyRecord entry = CloseWaitNettyTable.find(channel);
    assertThat(entry).isNotNull();
    return entry;
  }

  private static int count() {
    int count = 0;
    for (int i = 0; i < CloseWaitNettyTable.buckets(); i++) {
      count += CloseWaitNettyTable.bucket(i).length;
    }
    return count;
  }
}
