package dev.closewait.instrument.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.closewait.instrument.arrival.ArrivalTarget;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.CloseWaitControl;
import java.net.CloseWaitNettyRecord;
import java.net.CloseWaitNettyTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weaves the real class files of Netty, runs them, and leaves alone what only looks like them. */
class NettyTargetsTest {
  private static final String CHANNEL = "io.netty.channel.AbstractChannel";
  private static final String NIO_CHANNEL = "io.netty.channel.socket.nio.NioSocketChannel";
  private static final int MAJOR_VERSION_OFFSET = 7;
  private static final byte NEWER_THAN_THIS_ASM = 100;
  private static final String POOL = "io.netty.channel.pool.SimpleChannelPool";

  @BeforeEach
  void record() {
    CloseWaitControl.switchOn(1000, false);
    CloseWaitControl.tick(1, 1000);
  }

  @AfterEach
  void stop() {
    CloseWaitControl.switchOff();
  }

  @ParameterizedTest
  @ValueSource(strings = {"io.netty", "io.grpc.netty.shaded.io.netty", "com.acme.shaded.netty"})
  void recordsChannelOfAnyCopyUntilItIsClosed(String copy) throws Exception {
    WovenNetty netty = new WovenNetty(copy);
    Object channel = netty.type(NIO_CHANNEL).getConstructor().newInstance();
    CloseWaitNettyRecord entry = CloseWaitNettyTable.find(channel);
    assertThat(entry).isNotNull();
    assertThat(entry.created().stack()).isInstanceOf(Throwable.class);

    pause(netty, channel);
    assertThat(entry.pausedNanos()).isNotZero();

    Method unsafe = netty.type("io.netty.channel.Channel").getMethod("unsafe");
    netty
        .type("io.netty.channel.Channel$Unsafe")
        .getMethod("closeForcibly")
        .invoke(unsafe.invoke(channel));
    assertThat(CloseWaitNettyTable.find(channel)).isSameAs(entry);
    closeFuture(netty, channel);
    assertThat(CloseWaitNettyTable.find(channel)).isNull();
    assertThat(CloseWaitControl.hookErrors()).isZero();
  }

  /** Called by {@code AbstractUnsafe.close} of every transport. */
  private static void closeFuture(WovenNetty netty, Object channel) throws Exception {
    Object future = netty.type("io.netty.channel.Channel").getMethod("closeFuture").invoke(channel);
    Method setClosed = future.getClass().getDeclaredMethod("setClosed");
    setClosed.setAccessible(true);
    setClosed.invoke(future);
  }

  private static void pause(WovenNetty netty, Object channel) throws Exception {
    Object config = netty.type("io.netty.channel.Channel").getMethod("config").invoke(channel);
    netty
        .type("io.netty.channel.ChannelConfig")
        .getMethod("setAutoRead", boolean.class)
        .invoke(config, false);
  }

  @Test
  void weavesEveryClassOfTheList() throws Exception {
    WovenNetty netty = new WovenNetty("io.netty");
    for (ArrivalTarget target : NettyTargets.all()) {
      netty.type("io.netty." + ((NettyTarget) target).suffix());
    }
    assertThat(netty.woven).hasSize(NettyTargets.all().size());
  }

  @Test
  void ignoresChannelsThatAreNoConnections() throws Exception {
    WovenNetty netty = new WovenNetty("io.netty");
    Constructor<?> embedded =
        netty.type("io.netty.channel.embedded.EmbeddedChannel").getConstructor();
    assertThat(CloseWaitNettyTable.find(embedded.newInstance())).isNull();
    assertThat(
            CloseWaitNettyTable.find(
                netty.type("io.netty.channel.local.LocalChannel").getConstructor().newInstance()))
        .isNull();
  }

  @Test
  void weavesClassFileThatIsNewerThanItsReader() throws Exception {
    byte[] newer = WovenNetty.classFile(CHANNEL);
    newer[MAJOR_VERSION_OFFSET] = NEWER_THAN_THIS_ASM;
    byte[] woven =
        target("channel.AbstractChannel").weave(CHANNEL, newer, getClass().getClassLoader());
    assertThat(woven).isNotNull();
    assertThat(woven[MAJOR_VERSION_OFFSET]).isEqualTo(NEWER_THAN_THIS_ASM);
  }

  /** The like-named class of Apache MINA SSHD has another superclass. */
  @Test
  void leavesClassOfAnotherShape() throws Exception {
    ArrivalTarget target = target("channel.AbstractChannel");
    byte[] other = WovenNetty.classFile(POOL);
    assertThat(target.isNamed("org.apache.sshd.common.channel.AbstractChannel")).isTrue();
    assertThat(target.weave("org.apache.sshd.common.channel.AbstractChannel", other, null))
        .isNull();
  }

  @Test
  void looksAtTheWholeLastPartsOfAName() {
    assertThat(target("channel.AbstractChannel").isNamed("com.acme.mychannel.AbstractChannel"))
        .isFalse();
    assertThat(target("channel.AbstractChannel").isNamed("channel.AbstractChannel")).isFalse();
  }

  /** A class without its hook would be worse than none: the application must not notice. */
  @Test
  void weavesNothingThatCouldNotReachItsHooks() throws Exception {
    ClassLoader strict =
        new ClassLoader(null) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            throw new ClassNotFoundException(name);
          }
        };
    byte[] classFile = WovenNetty.classFile(CHANNEL);
    ArrivalTarget target = target("channel.AbstractChannel");
    assertThatThrownBy(() -> target.weave(CHANNEL, classFile, strict))
        .hasMessageContaining("does not find java.net.CloseWaitNetty");
  }

  private static ArrivalTarget target(String suffix) {
    return NettyTargets.all().stream()
        .filter(target -> ((NettyTarget) target).suffix().equals(suffix))
        .findFirst()
        .orElseThrow();
  }
}
