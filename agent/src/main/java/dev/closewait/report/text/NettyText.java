package dev.closewait.report.text;

import dev.closewait.connection.NettyChannel;
import dev.closewait.connection.SocketEvent;
import dev.closewait.connection.Transport;
import dev.closewait.connection.netty.NettyLoop;
import dev.closewait.connection.netty.NettyState;
import dev.closewait.connection.netty.PipelineEntry;
import dev.closewait.report.text.TextLines.Colour;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Writes what a Netty channel and its event loop are doing. */
final class NettyText {
  private static final int MAX_HANDLERS = 12;

  private final TextLines lines;

  NettyText(TextLines lines) {
    this.lines = lines;
  }

  /** {@code netty 4.1.136 epoll}, for the heading of a group; empty when there is no channel. */
  static String version(Transport transport, @Nullable NettyChannel channel) {
    if (channel == null) {
      return "";
    }
    NettyState state = channel.state();
    String version = state == null ? null : state.version();
    return "   netty"
        + (version == null ? "" : " " + version.replace(".Final", ""))
        + switch (transport) {
          case NETTY_NIO -> " nio";
          case NETTY_EPOLL -> " epoll";
          case NETTY_IO_URING -> " io_uring";
          case NETTY_KQUEUE -> " kqueue";
          default -> "";
        };
  }

  /**
   * Where the application has set a channel up: its own {@code bind} or {@code connect}, else what
   * gave it the handlers; null when neither stack has a frame of the application.
   */
  static @Nullable SocketEvent setUp(
      NettyChannel origin, Predicate<StackTraceElement> isApplication) {
    if (origin.created().frames().stream().anyMatch(isApplication)) {
      return origin.created();
    }
    SocketEvent handlers = origin.childHandler();
    return handlers != null && handlers.frames().stream().anyMatch(isApplication) ? handlers : null;
  }

  /** What the culprit's line is: {@code bound here; initializer com.acme.Boot$1}. */
  static String noteOfCulprit(NettyChannel channel, @Nullable StackTraceElement culprit) {
    NettyChannel server = channel.server();
    NettyChannel origin = server == null ? channel : server;
    SocketEvent handlers = origin.childHandler();
    String initializer =
        handlers == null || handlers.detail() == null ? "" : "; initializer " + handlers.detail();
    if (origin.created().frames().contains(culprit)) {
      return (server == null ? "connected here" : "bound here") + initializer;
    }
    boolean given = handlers != null && handlers.frames().contains(culprit);
    return given ? "childHandler set here" + initializer : "";
  }

  void write(@Nullable NettyChannel channel) {
    NettyState state = channel == null ? null : channel.state();
    if (state == null) {
      return;
    }
    lines.noted("pipeline", Colour.NONE, pipeline(state), flags(state));
    NettyLoop loop = state.loop();
    lines.labelled("loop", loop == null ? "none: it was never given one" : loop(loop));
  }

  private static String pipeline(NettyState state) {
    StringBuilder names = new StringBuilder(64);
    int shown = 0;
    for (PipelineEntry handler : state.pipeline()) {
      if (shown++ == MAX_HANDLERS) {
        names.append(state.pipeline().size() - MAX_HANDLERS).append(" more, ");
        break;
      }
      names.append(handler.name()).append(", ");
    }
    return Phrases.ascii(names.append("tail").toString());
  }

  private static String flags(NettyState state) {
    StringBuilder flags = new StringBuilder(64);
    append(flags, "registered ", state.registered(), "yes", "no");
    append(flags, "active ", state.active(), "yes", "no");
    append(flags, "autoRead ", state.autoRead(), "on", "off");
    if (Boolean.TRUE.equals(state.inputShutdown())) {
      flags.append(", input shut down");
    }
    if (state.pendingBytes() > 0) {
      flags.append(", ").append(Phrases.number(state.pendingBytes())).append(" bytes to write");
    }
    return flags.toString();
  }

  private static void append(
      StringBuilder flags, String name, @Nullable Boolean value, String yes, String no) {
    if (value != null) {
      flags.append(flags.length() == 0 ? "" : ", ").append(name).append(value ? yes : no);
    }
  }

  private static String loop(NettyLoop loop) {
    StringBuilder text = new StringBuilder(64);
    if (loop.threadName() != null) {
      text.append(Phrases.ascii(loop.threadName()));
    } else {
      text.append(loop.hasNoThread() ? "has no thread" : "its thread is not known");
    }
    if (loop.terminated()) {
      text.append(", terminated");
    } else if (loop.shuttingDown()) {
      text.append(", shutting down");
    }
    if (loop.pendingTasks() > 0) {
      text.append(", ").append(Phrases.count(loop.pendingTasks(), "task"));
      text.append(loop.pendingTasks() == 1 ? " waits" : " wait");
    }
    if (loop.idleSiblings() > 0) {
      text.append("; of ").append(loop.siblings()).append(" loops of its group ");
      text.append(loop.idleSiblings()).append(" have no thread");
    }
    return text.toString();
  }
}
