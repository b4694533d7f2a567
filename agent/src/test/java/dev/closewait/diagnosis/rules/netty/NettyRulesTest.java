package dev.closewait.diagnosis.rules.netty;

import static dev.closewait.diagnosis.Observed.event;
import static dev.closewait.diagnosis.Observed.frame;
import static dev.closewait.diagnosis.Observed.stack;
import static dev.closewait.diagnosis.rules.netty.ObservedChannel.LOOP;
import static dev.closewait.diagnosis.rules.netty.ObservedChannel.THRESHOLD;
import static dev.closewait.diagnosis.rules.netty.ObservedChannel.ended;
import static dev.closewait.diagnosis.rules.netty.ObservedChannel.loop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.connection.Direction;
import dev.closewait.connection.NettyPooling;
import dev.closewait.connection.Registration;
import dev.closewait.connection.Transport;
import dev.closewait.connection.netty.NettySending;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.LeakRule;
import dev.closewait.diagnosis.Observed;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.bytecode.ClassFiles;
import dev.closewait.diagnosis.bytecode.MethodStarts;
import dev.closewait.kernel.TcpState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule needs all of its proof. */
class NettyRulesTest {
  private static final StackTraceElement BIND = frame("com.acme.Boot", "start", 70);
  private static final BlamedHandlers HANDLERS =
      new BlamedHandlers(Observed.APPLICATION, new MethodStarts(ClassFiles.NONE));

  private final ObservedChannel channel = new ObservedChannel();
  private final NeverRegisteredRule neverRegistered = new NeverRegisteredRule(HANDLERS, THRESHOLD);
  private final LeakRule unreadResponse = new UnreadResponseRule(Observed.APPLICATION);
  private final ReadingOffRule readingOff = new ReadingOffRule(Observed.APPLICATION, HANDLERS);

  static List<LeakRule> all() {
    return List.of(
        new NeverRegisteredRule(HANDLERS, THRESHOLD),
        new DeregisteredRule(),
        new EventLoopRule(THRESHOLD),
        new CloseKeptRule(),
        new PooledChannelRule(),
        new HalfClosureRule(),
        new ReadingOffRule(Observed.APPLICATION, HANDLERS));
  }

  @ParameterizedTest
  @MethodSource("all")
  void saysNothingOfChannelThatReads(LeakRule rule) {
    assertThat(rule.judge(channel.suspicion())).isNull();
  }

  @ParameterizedTest
  @MethodSource("all")
  void saysNothingOfChannelThatCannotBeAsked(LeakRule rule) {
    channel.neverRegistered(null).asked = false;
    assertThat(rule.judge(channel.suspicion())).isNull();
  }

  @ParameterizedTest
  @MethodSource("all")
  void saysNothingOfDeadConnection(LeakRule rule) {
    channel.neverRegistered(null).connection.state = TcpState.CLOSE;
    assertThat(rule.judge(channel.suspicion())).isNull();
  }

  @ParameterizedTest
  @MethodSource("all")
  void saysNothingOfConnectionWithoutNetty(LeakRule rule) {
    assertThat(rule.judge(new Observed().suspicion())).isNull();
  }

  @Test
  void knowsChannelThatWasDeregistered() {
    channel.neverRegistered(loop(LOOP, 0)).add("own", "com.acme.Own");
    Ruling ruling = ruling(new DeregisteredRule(), Cause.READ_INTEREST_OFF);
    assertThat(ruling.reason()).contains("deregistered");
    assertThat(neverRegistered.judge(channel.suspicion())).isNull();
  }

  @Test
  void doesNotTakePendingRegistrationForDeregistration() {
    channel.neverRegistered(loop(LOOP, 1));
    assertThat(new DeregisteredRule().judge(channel.suspicion())).isNull();
  }

  @Test
  void blamesWhatBlocksTheEventLoopOfRegisteredChannel() {
    channel.blockedFor(THRESHOLD);
    Ruling ruling = ruling(new EventLoopRule(THRESHOLD), Cause.THREAD_STUCK);
    assertThat(ruling.blamed().get(0)).contains(frame("com.acme.Slow", "channelRead", 30));
  }

  @Test
  void callsDataThatDeadLoopHasLeftUnread() {
    channel.loop = ended();
    channel.connection.eventLoop = null;
    channel.connection.receiveQueueBytes = 8;
    ruling(new EventLoopRule(THRESHOLD), Cause.UNREAD_DATA);
    channel.connection.receiveQueueBytes = 1;
    ruling(new EventLoopRule(THRESHOLD), Cause.THREAD_STUCK);
  }

  @Test
  void namesHandlerThatHasKeptTheCloseRequest() {
    channel.add("ssl", "com.acme.Ssl", "close").add("app", "com.acme.App");
    channel.closeRequest = event(stack(frame("com.acme.App", "giveUp", 9)));
    channel.closeStoppedAt = "app";
    Ruling ruling = ruling(new CloseKeptRule(), Cause.CLOSE_INEFFECTIVE);
    assertThat(ruling.reason()).contains("the handler ssl (com.acme.Ssl) has kept it");
    assertThat(ruling.blamed().get(0).get(0).getMethodName()).isEqualTo("giveUp");
  }

  @Test
  void blamesTransportForCloseRequestThatHasPassedAllHandlers() {
    channel.add("ssl", "com.acme.Ssl", "close");
    channel.closeRequest = event(null);
    channel.closeStoppedAt = "ssl";
    channel.pendingBytes = 16_384;
    Ruling ruling = ruling(new CloseKeptRule(), Cause.CLOSE_INEFFECTIVE);
    assertThat(ruling.reason()).contains("the transport has not closed");
    assertThat(ruling.evidence().get(0).fact()).contains("16384 bytes wait to be written");
    channel.outboundClosed = true;
    assertThat(ruling(new CloseKeptRule(), Cause.CLOSE_INEFFECTIVE).fix()).contains("SO_LINGER");
  }

  @Test
  void neverCallsIdlePooledChannelLeak() {
    channel.pooling =
        new NettyPooling(null, event(stack(frame("com.acme.Prices", "done", 5))), true);
    Ruling ruling = ruling(new PooledChannelRule(), Cause.POOLED_IDLE);
    assertThat(ruling.certainty()).isEqualTo(Ruling.Certainty.HARMLESS);
    assertThat(ruling.blamed().get(0).get(0).getMethodName()).isEqualTo("done");
  }

  @Test
  void blamesCallThatAcquiredAndNeverReleased() {
    channel.pooling =
        new NettyPooling(event(stack(frame("com.acme.Prices", "fetch", 5))), null, false);
    Ruling ruling = ruling(new PooledChannelRule(), Cause.CLIENT_NOT_CLOSED);
    assertThat(ruling.blamed().get(0).get(0).getMethodName()).isEqualTo("fetch");
  }

  @Test
  void namesHandlersThatHeardOfTheHalfClosure() {
    channel.connection.transport = Transport.NETTY_EPOLL;
    channel.inputShutdown = true;
    channel.add("app", "com.acme.App", "userEventTriggered");
    Ruling ruling = ruling(new HalfClosureRule(), Cause.HALF_CLOSED);
    assertThat(ruling.evidence().get(0).fact()).contains("app (com.acme.App)");
    assertThat(ruling.blamed().get(0)).containsExactly(BIND);
  }

  @Test
  void suspectsOnlyHalfClosureOfWhichNothingProvesThatItIsDone() {
    channel.connection.transport = Transport.NETTY_EPOLL;
    channel.inputShutdown = true;
    assertThat(halfClosed()).isEqualTo(Ruling.Certainty.HARMLESS);
    channel.sending = new NettySending(60 * Observed.SECOND, 1, 0);
    assertThat(halfClosed()).isEqualTo(Ruling.Certainty.HARMLESS);
    channel.sending = new NettySending(60 * Observed.SECOND, 0, 3);
    assertThat(halfClosed()).isEqualTo(Ruling.Certainty.HARMLESS);
    channel.sending = new NettySending(60 * Observed.SECOND, 0, 0);
    channel.pendingBytes = 1;
    assertThat(halfClosed()).isEqualTo(Ruling.Certainty.HARMLESS);
  }

  @Test
  void isSureOfHalfClosureWhereTheKernelHasNothingToSend() {
    channel.connection.transport = Transport.NETTY_EPOLL;
    channel.inputShutdown = true;
    channel.sending = new NettySending(60 * Observed.SECOND, 0, 0);
    Ruling ruling = ruling(new HalfClosureRule(), Cause.HALF_CLOSED);
    assertThat(ruling.certainty()).isEqualTo(Ruling.Certainty.BY_AGE);
    assertThat(ruling.evidence().get(1).fact()).contains("no data was sent for 60 s");
  }

  private Ruling.Certainty halfClosed() {
    return ruling(new HalfClosureRule(), Cause.HALF_CLOSED).certainty();
  }

  @Test
  void blamesCallThatTurnedAutoReadOff() {
    channel.unread().autoRead = false;
    channel.pause = event(stack(frame("com.acme.App", "channelRead", 41)));
    Ruling ruling = ruling(readingOff, Cause.READ_INTEREST_OFF);
    assertThat(ruling.reason()).startsWith("%s has turned autoRead off");
    assertThat(ruling.blamed().get(0).get(0).getLineNumber()).isEqualTo(41);
  }

  @Test
  void blamesBootstrapThatSetAutoReadOff() {
    channel.unread().autoRead = false;
    channel.pause = event(stack(frame("io.netty.bootstrap.ServerBootstrap", "init", 1)));
    Ruling ruling = ruling(readingOff, Cause.READ_INTEREST_OFF);
    assertThat(ruling.reason()).contains("since the channel was set up in %s");
    assertThat(ruling.blamed().get(0)).containsExactly(BIND);
  }

  @Test
  void blamesHandlerThatKeepsReadRequests() {
    channel.unread().add("throttle", "com.acme.Boot$Throttle", "read");
    Ruling ruling = ruling(readingOff, Cause.READ_INTEREST_OFF);
    StackTraceElement culprit = ruling.blamed().get(0).get(0);
    assertThat(culprit).hasToString("com.acme.Boot$Throttle.read(Boot.java)");
  }

  /** The native transports see the end of the stream also while reading is off. */
  @Test
  void neverBlamesAutoReadOverNativeTransport() {
    channel.unread().autoRead = false;
    channel.connection.transport = Transport.NETTY_EPOLL;
    channel.connection.registration = null;
    assertThat(readingOff.judge(channel.suspicion())).isNull();
  }

  @Test
  void doesNotBlameAutoReadWhileReadIsAskedFor() {
    channel.autoRead = false;
    channel.connection.registration = new Registration(true, 1, false);
    assertThat(readingOff.judge(channel.suspicion())).isNull();
  }

  @Test
  void suspectsClientThatDoesNotReadItsResponseOn() {
    unreadResponse();
    Ruling ruling = ruling(unreadResponse, Cause.BODY_NOT_CONSUMED);
    assertThat(ruling.certainty()).isEqualTo(Ruling.Certainty.HARMLESS);
    assertThat(ruling.reason()).contains("is not read on");
  }

  @Test
  void saysNothingOfResponseThatIsStillRead() {
    unreadResponse();
    channel.autoRead = true;
    assertThat(unreadResponse.judge(channel.suspicion())).isNull();
    unreadResponse();
    channel.connection.registration = new Registration(true, 1, false);
    assertThat(unreadResponse.judge(channel.suspicion())).isNull();
    unreadResponse();
    channel.connection.receiveQueueBytes = 0;
    assertThat(unreadResponse.judge(channel.suspicion())).isNull();
  }

  @Test
  void saysNothingOfServerThatPausesItsClient() {
    unreadResponse();
    channel.connection.direction = Direction.ACCEPTED;
    assertThat(unreadResponse.judge(channel.suspicion())).isNull();
  }

  private void unreadResponse() {
    channel.unread().autoRead = false;
    channel.connection.direction = Direction.CONNECTED;
    channel.connection.state = TcpState.ESTABLISHED;
    channel.connection.receiveQueueBytes = 100_000;
  }

  private Ruling ruling(LeakRule rule, Cause cause) {
    Ruling ruling = rule.judge(channel.suspicion());
    assertThat(ruling).isNotNull();
    assertThat(ruling.cause()).isEqualTo(cause);
    return ruling;
  }
}
