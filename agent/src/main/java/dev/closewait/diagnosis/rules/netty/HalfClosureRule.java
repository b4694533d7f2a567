package dev.closewait.diagnosis.rules.netty;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.NettyChannel;
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
        isNative ? Ruling.Certainty.HARMLESS : Ruling.Certainty.BY_AGE,
        List.of(
            Evidence.of(
                Evidence.Source.HOOK,
                "Netty has read the end of the stream and shut the input down; " + heard),
            Evidence.of(
                Evidence.Source.HOOK,
                isNative
                    ? "whether it is still written to is not seen over a native transport"
                    : "nothing was written since"),
            suspicion.kernelEvidence()));
  }
}
