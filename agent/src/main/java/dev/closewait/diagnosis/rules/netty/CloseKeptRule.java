package dev.closewait.diagnosis.rules.netty;

import dev.closewait.connection.NettyChannel;
import dev.closewait.connection.SocketEvent;
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
 * Somebody has called {@code close()}, and the channel is open: a handler has kept the request, or
 * the transport has not done it.
 */
final class CloseKeptRule extends NettyRule {

  @Override
  @Nullable Ruling judge(Suspicion suspicion, NettyChannel channel, NettyState state) {
    SocketEvent close = channel.closeRequest();
    if (close == null || Boolean.FALSE.equals(state.open())) {
      return null;
    }
    PipelineEntry keeper =
        state.outboundClosed() ? null : keeper(state.pipeline(), channel.closeStoppedAt());
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        new Evidence(
            Evidence.Source.HOOK, "close() was called; " + fate(state, keeper), close.frames()));
    evidence.add(NettyFacts.channelEvidence(state));
    evidence.add(suspicion.kernelEvidence());
    return new Ruling(
        Cause.CLOSE_INEFFECTIVE,
        keeper == null
            ? "close() was called in %s, and the transport has not closed the connection."
            : "close() was called in %s, and the handler "
                + NettyFacts.name(keeper)
                + " has kept it.",
        fix(state, keeper),
        NettyFacts.blamed(channel, close),
        Ruling.CULPRIT,
        Ruling.Certainty.BY_AGE,
        evidence);
  }

  private static String fate(NettyState state, @Nullable PipelineEntry keeper) {
    if (keeper != null) {
      return "it has not passed the handler " + keeper.name() + ", which overrides close";
    }
    return state.outboundClosed()
        ? "closing has begun, and the descriptor is open"
        : "no handler overrides close where it has come to, " + pending(state);
  }

  private static String pending(NettyState state) {
    return state.pendingBytes() > 0
        ? state.pendingBytes() + " bytes wait to be written"
        : "nothing waits to be written";
  }

  private static String fix(NettyState state, @Nullable PipelineEntry keeper) {
    if (keeper != null) {
      return "let " + keeper.className() + ".close pass the request on: context.close(promise)";
    }
    return state.outboundClosed()
        ? "leave SO_LINGER off: with it, all closes wait for each other on one thread"
        : "close after the last write is done, or set a write timeout: the peer does not take what is to be written";
  }

  /** The request goes from handler to handler towards the head. */
  private static @Nullable PipelineEntry keeper(
      List<PipelineEntry> pipeline, @Nullable String stoppedAt) {
    int from = pipeline.size();
    for (int i = 0; i < pipeline.size(); i++) {
      if (pipeline.get(i).name().equals(stoppedAt)) {
        from = i;
      }
    }
    for (int i = from - 1; i >= 0; i--) {
      if (pipeline.get(i).isOverriding("close")) {
        return pipeline.get(i);
      }
    }
    return null;
  }
}
