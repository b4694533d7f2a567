package dev.closewait.diagnosis.rules.netty;

import dev.closewait.connection.NettyChannel;
import dev.closewait.connection.SocketEvent;
import dev.closewait.connection.netty.NettyLoop;
import dev.closewait.connection.netty.NettyState;
import dev.closewait.connection.netty.PipelineEntry;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.ThreadLook;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the rules for Netty say in the same words. */
final class NettyFacts {
  private NettyFacts() {}

  /** The stacks of the events, then where the application has set the channel up. */
  static List<List<StackTraceElement>> blamed(
      NettyChannel channel, @Nullable SocketEvent... events) {
    List<List<StackTraceElement>> blamed = new ArrayList<>();
    for (SocketEvent event : events) {
      if (event != null && !event.frames().isEmpty()) {
        blamed.add(event.frames());
      }
    }
    blamed.addAll(channel.setUpStacks());
    return blamed;
  }

  /** {@code codec (com.acme.Codec)}. */
  static String name(PipelineEntry handler) {
    return handler.name() + " (" + handler.className() + ")";
  }

  /** Each as {@link #name}, or none of them. */
  static String names(List<PipelineEntry> handlers) {
    List<String> names = new ArrayList<>();
    for (PipelineEntry handler : handlers) {
      names.add(name(handler));
    }
    return String.join(", ", names);
  }

  /**
   * True when its thread has stood at one place of the application for half the threshold: longer
   * than any handler may, and known as soon as the connection is late.
   */
  static boolean isStuck(@Nullable ThreadLook loop, long thresholdNanos) {
    return loop != null
        && loop.standingNanos() >= thresholdNanos / 2
        && loop.isStanding()
        && !loop.isWaitingForNetwork();
  }

  static Evidence threadEvidence(ThreadLook loop) {
    return new Evidence(
        Evidence.Source.THREAD,
        "event loop " + loop.name() + " " + loop.doing() + " at the same place in every scan since",
        loop.stack());
  }

  /** What the channel says of itself. */
  static Evidence channelEvidence(NettyState state) {
    StringBuilder fact = new StringBuilder("channel: ");
    append(fact, "registered ", state.registered(), "yes", "no");
    append(fact, ", active ", state.active(), "yes", "no");
    append(fact, ", autoRead ", state.autoRead(), "on", "off");
    if (Boolean.TRUE.equals(state.inputShutdown())) {
      fact.append(", input shut down");
    }
    NettyLoop loop = state.loop();
    if (loop != null && loop.pendingTasks() > 0) {
      fact.append(", waiting tasks of its event loop: ").append(loop.pendingTasks());
    }
    return Evidence.of(Evidence.Source.HOOK, fact.toString());
  }

  private static void append(
      StringBuilder fact, String name, @Nullable Boolean value, String yes, String no) {
    if (value != null) {
      fact.append(name).append(value ? yes : no);
    }
  }
}
