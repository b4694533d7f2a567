package dev.closewait.instrument.netty;

import static dev.closewait.instrument.hook.Hook.Edge.ENTRY;
import static dev.closewait.instrument.hook.Hook.Edge.RETURN;
import static dev.closewait.instrument.hook.Hook.Operand.ARGUMENT;
import static dev.closewait.instrument.hook.Hook.Operand.RESULT;
import static dev.closewait.instrument.hook.Hook.Operand.THIS;

import dev.closewait.instrument.arrival.ArrivalTarget;
import dev.closewait.instrument.hook.Hook;
import dev.closewait.instrument.hook.Hook.Call;
import dev.closewait.instrument.hook.Hook.Edge;
import dev.closewait.instrument.hook.Hook.Features;
import dev.closewait.instrument.hook.Hook.Operand;
import dev.closewait.instrument.hook.Hook.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The list of all hooks in Netty: what every channel of every transport passes, once or twice in
 * its life.
 *
 * <p>Read in all final releases from 4.1.0 to 4.2.7 and in 4.1.136, 4.1.140, 4.2.18 and 4.2.20:
 * these methods are there in each of them. What stands nearer would not do: {@code
 * AbstractChannel.close} is gone in 4.2, the inner {@code AbstractUnsafe.close} has had three
 * shapes, and each transport sees the end of the stream in a method of its own.
 */
public final class NettyTargets {
  private static final String HOOKS = "java/net/CloseWaitNetty";
  private static final Features ANY_JAVA = new Features(0, Integer.MAX_VALUE, true);

  private static final String OBJECT = "(Ljava/lang/Object;)V";
  private static final String CHANNEL_TYPE = "L~/channel/Channel;";
  private static final String CHANNEL_GETTER = "()" + CHANNEL_TYPE;
  private static final String PROMISE = "L~/util/concurrent/Promise;";
  private static final String FUTURE = "L~/util/concurrent/Future;";
  private static final Operand CHANNEL = Operand.method("channel", CHANNEL_GETTER);

  private final List<ArrivalTarget> targets = new ArrayList<>();

  private NettyTargets() {
    channels();
    closing();
    configuration();
    bootstraps();
    pools();
  }

  public static List<ArrivalTarget> all() {
    return new NettyTargets().targets;
  }

  /** The first constructor parameter is the parent: null for what was bound or connected. */
  private void channels() {
    Call created = call("created", "(Ljava/lang/Object;Ljava/lang/Object;)V", THIS, ARGUMENT);
    String plain = "(L~/channel/Channel;)V";
    String withId = "(L~/channel/Channel;L~/channel/ChannelId;)V";
    target(
        "channel.AbstractChannel",
        "~/util/DefaultAttributeMap",
        List.of("closeFutureL~/channel/AbstractChannel$CloseFuture;", "<init>" + plain),
        hook("<init>", plain, RETURN, created),
        hook("<init>", withId, RETURN, created));
    target(
        "channel.DefaultChannelPipeline",
        null,
        List.of("channel" + CHANNEL_GETTER),
        hook(
            "onUnhandledInboundException",
            "(Ljava/lang/Throwable;)V",
            ENTRY,
            call(
                "tailException", "(Ljava/lang/Object;Ljava/lang/Throwable;)V", CHANNEL, ARGUMENT)));
  }

  private void closing() {
    target(
        "channel.AbstractChannelHandlerContext",
        null,
        List.of("channel" + CHANNEL_GETTER, "name()Ljava/lang/String;"),
        hook(
            "close",
            "(L~/channel/ChannelPromise;)L~/channel/ChannelFuture;",
            ENTRY,
            call(
                "closeRequested",
                "(Ljava/lang/Object;Ljava/lang/String;)V",
                CHANNEL,
                Operand.method("name", "()Ljava/lang/String;"))));
    target(
        "channel.AbstractChannel$CloseFuture",
        "~/channel/DefaultChannelPromise",
        List.of(),
        hook("setClosed", "()Z", RETURN, call("closed", OBJECT, CHANNEL)));
  }

  private void configuration() {
    target(
        "channel.DefaultChannelConfig",
        null,
        List.of("channel" + CHANNEL_TYPE),
        hook(
            "setAutoRead",
            "(Z)L~/channel/ChannelConfig;",
            ENTRY,
            call(
                "autoRead",
                "(Ljava/lang/Object;Z)V",
                Operand.field("channel", CHANNEL_TYPE),
                ARGUMENT)));
  }

  private void bootstraps() {
    target(
        "bootstrap.ServerBootstrap",
        "~/bootstrap/AbstractBootstrap",
        List.of(),
        hook(
            "childHandler",
            "(L~/channel/ChannelHandler;)L~/bootstrap/ServerBootstrap;",
            ENTRY,
            call("childHandler", OBJECT, ARGUMENT)));
  }

  /** {@code FixedChannelPool} acquires on a thread of its own, and releases by its superclass. */
  private void pools() {
    Hook acquire =
        hook("acquire", "(" + PROMISE + ")" + FUTURE, ENTRY, call("acquiring", OBJECT, ARGUMENT));
    target(
        "channel.pool.SimpleChannelPool",
        null,
        List.of(),
        acquire,
        hook(
            "release",
            "(" + CHANNEL_TYPE + PROMISE + ")" + FUTURE,
            ENTRY,
            call("released", OBJECT, ARGUMENT)),
        hook("pollChannel", CHANNEL_GETTER, RETURN, call("polled", OBJECT, RESULT)));
    target("channel.pool.FixedChannelPool", "~/channel/pool/SimpleChannelPool", List.of(), acquire);
  }

  private void target(
      String suffix, @Nullable String superclass, List<String> members, Hook... hooks) {
    targets.add(new NettyTarget(suffix, superclass, members, List.of(hooks)));
  }

  private static Hook hook(String method, String descriptor, Edge edge, Call call) {
    return new Hook(new Place("", method, descriptor), edge, call, ANY_JAVA);
  }

  private static Call call(String called, String descriptor, Operand... operands) {
    return new Call(HOOKS, called, descriptor, List.of(operands));
  }
}
