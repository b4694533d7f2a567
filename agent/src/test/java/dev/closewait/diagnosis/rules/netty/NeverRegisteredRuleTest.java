package dev.closewait.diagnosis.rules.netty;

import static dev.closewait.diagnosis.Observed.failure;
import static dev.closewait.diagnosis.Observed.frame;
import static dev.closewait.diagnosis.Observed.stack;
import static dev.closewait.diagnosis.rules.netty.ObservedChannel.LOOP;
import static dev.closewait.diagnosis.rules.netty.ObservedChannel.THRESHOLD;
import static dev.closewait.diagnosis.rules.netty.ObservedChannel.ended;
import static dev.closewait.diagnosis.rules.netty.ObservedChannel.loop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.connection.netty.PipelineEntry;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.LeakRule;
import dev.closewait.diagnosis.Observed;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.bytecode.ClassFiles;
import dev.closewait.diagnosis.bytecode.MethodStarts;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A channel that was accepted and never registered: each reason needs all of its proof. */
class NeverRegisteredRuleTest {
  private static final StackTraceElement BIND = frame("com.acme.Boot", "start", 70);

  private final ObservedChannel channel = new ObservedChannel();
  private final NeverRegisteredRule neverRegistered =
      new NeverRegisteredRule(
          new BlamedHandlers(Observed.APPLICATION, new MethodStarts(ClassFiles.NONE)), THRESHOLD);

  @Test
  void blamesWhatBlocksTheEventLoopBeforeRegistration() {
    channel.neverRegistered(loop(LOOP, 2)).blockedFor(THRESHOLD);
    Ruling ruling = ruling(neverRegistered, Cause.ACCEPTED_NEVER_READ);
    assertThat(ruling.reason()).contains("its event loop, " + LOOP + ", sleeps in %s");
    assertThat(ruling.blamed().get(0)).contains(frame("com.acme.Slow", "channelRead", 30));
  }

  @Test
  void takesShortStayInHandlerForNothing() {
    channel.neverRegistered(loop(LOOP, 2)).blockedFor(THRESHOLD / 4);
    assertThat(neverRegistered.judge(channel.suspicion())).isNull();
  }

  @Test
  void seesThatExecutorHasNoThreadForTheLoop() {
    channel.neverRegistered(loop(null, 1)).connection.eventLoop = null;
    Ruling ruling = ruling(neverRegistered, Cause.ACCEPTED_NEVER_READ);
    assertThat(ruling.reason()).contains("its event loop has no thread");
    assertThat(ruling.evidence().get(0).fact()).contains("2 of 3 loops of its group have none");
    assertThat(ruling.fix()).contains("(3)");
    assertThat(ruling.blamed().get(0)).containsExactly(BIND);
  }

  @Test
  void seesThatTheLoopDoesNotComeBackFromTheKernel() {
    channel.neverRegistered(loop(LOOP, 3)).add("Boot$1#0", "com.acme.Boot$1", "initChannel");
    Ruling ruling = ruling(neverRegistered, Cause.ACCEPTED_NEVER_READ);
    assertThat(ruling.reason()).contains("does not come back from the kernel");
    assertThat(ruling.evidence().get(1).fact()).contains("tasks wait for it: 3");
    channel.add("own", "com.acme.Own");
    assertThat(neverRegistered.judge(channel.suspicion())).isNull();
    channel.pipeline.remove(1);
    channel.loop = loop(LOOP, 0);
    assertThat(neverRegistered.judge(channel.suspicion())).isNull();
  }

  @Test
  void doesNotTakeIdleLoopWithoutThreadForStarved() {
    channel.neverRegistered(loop(null, 0)).connection.eventLoop = null;
    assertThat(neverRegistered.judge(channel.suspicion())).isNull();
  }

  @Test
  void seesThatTheLoopHadEndedBefore() {
    channel.neverRegistered(ended()).connection.eventLoop = null;
    assertThat(ruling(neverRegistered, Cause.ACCEPTED_NEVER_READ).reason())
        .contains("its event loop has ended");
  }

  @Test
  void namesHandlerThatIsNotSharable() {
    channel.neverRegistered(null);
    channel.serverError =
        failure("io.netty.ChannelPipelineException: x is not a @Sharable handler", stack(BIND));
    Ruling ruling = ruling(neverRegistered, Cause.ACCEPTED_NEVER_READ);
    assertThat(ruling.reason()).contains("is not sharable");
    assertThat(ruling.fix()).contains("ChannelInitializer");
  }

  @Test
  void saysInOneLineThatOnlyTheInitializerIsThere() {
    channel.neverRegistered(loop(null, 1)).add("Boot$1#0", "com.acme.Boot$1", "initChannel");
    channel.connection.eventLoop = null;
    assertThat(ruling(neverRegistered, Cause.ACCEPTED_NEVER_READ).evidence().get(0).fact())
        .isEqualTo(
            "accepted and connected, registered=false, only the initializer in the pipeline");
    channel.add("own", "com.acme.Own");
    assertThat(ruling(neverRegistered, Cause.ACCEPTED_NEVER_READ).evidence())
        .noneMatch(evidence -> evidence.fact().contains("only the initializer"));
  }

  @Test
  void blamesTheHandlerOfTheServerThatHasKeptTheChannel() {
    channel.neverRegistered(null);
    Ruling ruling = ruling(neverRegistered, Cause.ACCEPTED_NEVER_READ);
    assertThat(ruling.reason()).contains("limit (com.acme.Limit)").contains("has not passed it on");
    assertThat(ruling.fix()).contains("limit (com.acme.Limit)").doesNotContain("Acceptor)");
    assertThat(ruling.blamed().get(0).get(0).getClassName()).isEqualTo("com.acme.Limit");
    assertThat(ruling.blamed().get(0).get(0).getMethodName()).isEqualTo("channelRead");
    assertThat(ruling.blamed().get(1)).containsExactly(BIND);
  }

  @Test
  void blamesNoHandlerOfTheServerWhereSeveralMayHaveKeptTheChannel() {
    channel.neverRegistered(null);
    channel.serverPipeline.add(
        new PipelineEntry("audit", "com.acme.Audit", Map.of("channelRead", "com.acme.Audit")));
    Ruling ruling = ruling(neverRegistered, Cause.ACCEPTED_NEVER_READ);
    assertThat(ruling.reason()).contains("nobody has passed it on to the acceptor");
    assertThat(ruling.fix()).contains("limit (com.acme.Limit), audit (com.acme.Audit)");
    assertThat(ruling.blamed().get(0)).containsExactly(BIND);
  }

  private Ruling ruling(LeakRule rule, Cause cause) {
    Ruling ruling = rule.judge(channel.suspicion());
    assertThat(ruling).isNotNull();
    assertThat(ruling.cause()).isEqualTo(cause);
    return ruling;
  }
}
