package dev.closewait.diagnosis.rules.netty;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.NettyChannel;
import dev.closewait.connection.netty.NettySending;
import dev.closewait.connection.netty.NettyState;
import dev.closewait.connection.netty.PipelineEntry;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.Suspicion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * With ALLOW_HALF_CLOSURE, Netty has seen the end of the stream, told it by an event and done
 * nothing more; no handler has closed.
 */
final class HalfClosureRule extends NettyRule {
  private static final String EVENT = "userEventTriggered";
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  @Override
  @Nullable Ruling judge(Suspicion suspicion, NettyChannel channel, NettyState state) {
    ConnectionSnapshot connection = suspicion.connection();
    boolean isNative = connection.transport().isNative();
    boolean input =
        isNative ? Boolean.TRUE.equals(state.inputShutdown()) : connection.inputShutdown();
    boolean output =
        isNative ? Boolean.TRUE.equals(state.outputShutdown()) : connection.outputShutdown();
    if (!input || output) {
      return null;
    }
    List<String> listeners = new ArrayList<>();
    for (PipelineEntry handler : state.pipeline()) {
      if (handler.isOverriding(EVENT)) {
        listeners.add(NettyFacts.name(handler));
      }
    }
    String heard =
        listeners.isEmpty()
            ? "no handler of its pipeline takes user events"
            : "these handlers take user events and have not closed it: "
                + String.join(", ", listeners);
    return new Ruling(
        Cause.HALF_CLOSED,
        "The peer has closed its half, half-closure is allowed, and nobody has closed the other half. The channel was"
            + " set up in %s.",
        "close the channel on ChannelInputShutdownEvent when nothing is left to write, or leave ALLOW_HALF_CLOSURE off",
        channel.setUpStacks(),
        Ruling.CULPRIT,
        isNative && !isSilent(state) ? Ruling.Certainty.HARMLESS : Ruling.Certainty.BY_AGE,
        List.of(
            Evidence.of(
                Evidence.Source.HOOK,
                "Netty has read the end of the stream and shut the input down; " + heard),
            isNative
                ? sending(state)
                : Evidence.of(Evidence.Source.HOOK, "nothing was written since"),
            suspicion.kernelEvidence()));
  }

  /** A connection that has sent lately is not late, and does not come here. */
  private static boolean isSilent(NettyState state) {
    NettySending sending = state.sending();
    return sending != null && sending.isDone() && state.pendingBytes() <= 0;
  }

  private static Evidence sending(NettyState state) {
    NettySending sending = state.sending();
    if (sending == null) {
      return Evidence.of(
          Evidence.Source.HOOK, "whether it is still written to is not seen over this transport");
    }
    return Evidence.of(
        Evidence.Source.KERNEL,
        isSilent(state)
            ? "no data was sent for "
                + sending.sinceLastNanos() / NANOS_PER_SECOND
                + " s, and none waits to be sent"
            : "data waits to be sent: the peer takes it slowly, or not at all");
  }
}
