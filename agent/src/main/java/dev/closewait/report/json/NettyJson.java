package dev.closewait.report.json;

import dev.closewait.connection.NettyChannel;
import dev.closewait.connection.NettyPooling;
import dev.closewait.connection.SocketEvent;
import dev.closewait.connection.netty.NettyLoop;
import dev.closewait.connection.netty.NettySending;
import dev.closewait.connection.netty.NettyState;
import dev.closewait.connection.netty.PipelineEntry;
import dev.closewait.diagnosis.Diagnosis;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes the Netty channel of a connection as a JSON object. */
final class NettyJson {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final JsonFields fields;
  private final Diagnosis diagnosis;

  NettyJson(JsonFields fields, Diagnosis diagnosis) {
    this.fields = fields;
    this.diagnosis = diagnosis;
  }

  void write(@Nullable NettyChannel channel) throws IOException {
    if (channel == null) {
      return;
    }
    fields.beginObject("netty");
    NettyState state = channel.state();
    if (state != null) {
      writeState(state);
    }
    NettyChannel origin = channel.server() == null ? channel : channel.server();
    writeEvent("setUp", "setUpAt", origin.created());
    SocketEvent childHandler = origin.childHandler();
    if (childHandler != null) {
      fields.text("childHandler", childHandler.detail());
      fields.stack("childHandlerStack", childHandler.frames());
    }
    writePause(channel);
    writeEvent("close", "closeCalledAt", channel.closeRequest());
    fields.text("closeStoppedAt", channel.closeStoppedAt());
    writeTailError(channel.tailError());
    writePooling(channel.pooling());
    fields.endObject();
  }

  private void writeState(NettyState state) throws IOException {
    fields.text("copy", state.copy());
    fields.text("version", state.version());
    flag("open", state.open());
    flag("active", state.active());
    flag("registered", state.registered());
    flag("autoRead", state.autoRead());
    flag("inputShutdown", state.inputShutdown());
    flag("outputShutdown", state.outputShutdown());
    fields.flag("outboundClosed", state.outboundClosed());
    fields.numberIfKnown("pendingBytes", state.pendingBytes());
    NettySending sending = state.sending();
    if (sending != null) {
      fields.number("sentMillisAgo", sending.sinceLastNanos() / NANOS_PER_MILLI);
    }
    fields.beginArray("pipeline");
    for (PipelineEntry handler : state.pipeline()) {
      fields.beginObject();
      fields.text("name", handler.name());
      fields.text("class", handler.className());
      fields.texts("overrides", handler.overrides().keySet().stream().sorted().toList());
      fields.endObject();
    }
    fields.endArray();
    writeLoop(state.loop());
  }

  private void writeLoop(@Nullable NettyLoop loop) throws IOException {
    if (loop == null) {
      return;
    }
    fields.beginObject("eventLoop");
    fields.text("class", loop.className());
    fields.text("thread", loop.threadName());
    fields.flag("hasNoThread", loop.hasNoThread());
    fields.flag("shuttingDown", loop.shuttingDown());
    fields.flag("terminated", loop.terminated());
    fields.numberIfKnown("pendingTasks", loop.pendingTasks());
    fields.number("groupSize", loop.siblings());
    fields.number("groupWithoutThread", loop.idleSiblings());
    fields.endObject();
  }

  private void writePause(NettyChannel channel) throws IOException {
    SocketEvent pause = channel.pause();
    writeEvent("pause", "firstPausedAt", pause);
    if (pause != null) {
      fields.number("pauses", pause.count());
    }
    if (channel.pausedNanos() != 0) {
      fields.time("pausedAt", diagnosis.wallClock(channel.pausedNanos()));
    }
  }

  private void writeTailError(@Nullable SocketEvent error) throws IOException {
    if (error == null) {
      return;
    }
    fields.beginObject("tailError");
    fields.time("at", diagnosis.wallClock(error.atNanos()));
    fields.text("exception", error.detail());
    fields.stack("stack", error.frames());
    fields.endObject();
  }

  private void writePooling(NettyPooling pooling) throws IOException {
    writeEvent("acquire", "acquiredAt", pooling.acquired());
    writeEvent("release", "releasedAt", pooling.released());
    if (pooling.released() != null) {
      fields.flag("idleInPool", pooling.idle());
    }
  }

  private void writeEvent(String prefix, String timeName, @Nullable SocketEvent event)
      throws IOException {
    if (event == null) {
      return;
    }
    fields.time(timeName, diagnosis.wallClock(event.atNanos()));
    fields.text(prefix + "Thread", event.threadName());
    fields.stack(prefix + "Stack", event.frames());
  }

  private void flag(String name, @Nullable Boolean value) throws IOException {
    if (value != null) {
      fields.flag(name, value);
    }
  }
}
