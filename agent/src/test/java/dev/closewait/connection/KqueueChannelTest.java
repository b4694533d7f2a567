package dev.closewait.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.closewait.connection.netty.NettyInterview;
import dev.closewait.connection.netty.NettyState;
import io.netty.channel.Channel;
import io.netty.channel.kqueue.KQueueDatagramChannel;
import io.netty.channel.kqueue.KQueueDomainSocketChannel;
import io.netty.channel.kqueue.KQueueServerSocketChannel;
import io.netty.channel.kqueue.KQueueSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import java.net.CloseWaitControl;
import java.net.CloseWaitNetty;
import java.net.CloseWaitNettyKinds;
import java.net.CloseWaitNettyRecord;
import java.net.CloseWaitNettyTable;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The real classes of kqueue, which runs on macOS and BSD only: what their objects are taken for
 * and asked, without the native library that their constructors need.
 */
class KqueueChannelTest {
  private static final int DESCRIPTOR = 7;

  private final KQueueSocketChannel channel = mock(KQueueSocketChannel.class);
  private final KQueueServerSocketChannel server = mock(KQueueServerSocketChannel.class);
  private final NettyInterview interview = new NettyInterview();

  @BeforeEach
  void record() {
    CloseWaitControl.switchOn(100, false);
    CloseWaitControl.tick(1, 1000);
  }

  @AfterEach
  void stop() {
    CloseWaitControl.switchOff();
  }

  @Test
  void recordsConnectionOfNativeTransport() {
    CloseWaitNetty.created(server, null);
    CloseWaitNetty.created(channel, server);
    CloseWaitNettyRecord entry = recordOf(channel);
    assertThat(entry.transport()).isEqualTo(CloseWaitNettyKinds.KQUEUE);
    assertThat(NativeConnections.transport(entry)).isEqualTo(Transport.NETTY_KQUEUE);
    assertThat(entry.isNative()).isTrue();
    assertThat(entry.isListener()).isFalse();
    assertThat(entry.parent()).isSameAs(recordOf(server));
    assertThat(entry.parent().isListener()).isTrue();
  }

  @Test
  void leavesDatagramsAndDomainSockets() {
    for (Channel other :
        new Channel[] {mock(KQueueDatagramChannel.class), mock(KQueueDomainSocketChannel.class)}) {
      CloseWaitNetty.created(other, null);
      assertThat(CloseWaitNettyTable.find(other)).as("%s", other.getClass()).isNull();
    }
  }

  @Test
  void asksForDescriptorAndHalves() {
    when(channel.fd()).thenReturn(new FileDescriptor(DESCRIPTOR));
    when(channel.isOpen()).thenReturn(true);
    when(channel.isInputShutdown()).thenReturn(true);
    assertThat(interview.descriptor(channel)).isEqualTo(DESCRIPTOR);
    NettyState state = Objects.requireNonNull(interview.stateOf(channel, true));
    assertThat(state.copy()).isEqualTo("io.netty");
    assertThat(state.open()).isTrue();
    assertThat(state.inputShutdown()).isTrue();
    assertThat(state.outputShutdown()).isFalse();
  }

  private static CloseWaitNettyRecord recordOf(Object asked) {
    return Objects.requireNonNull(CloseWaitNettyTable.find(asked));
  }
}
