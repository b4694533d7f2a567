package dev.closewait.report.json;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.Direction;
import dev.closewait.connection.Endpoint;
import dev.closewait.connection.ListenerSnapshot;
import dev.closewait.connection.MethodExit;
import dev.closewait.connection.Registration;
import dev.closewait.connection.SocketEvent;
import dev.closewait.connection.Transport;
import dev.closewait.diagnosis.Diagnosis;
import dev.closewait.diagnosis.LeakedConnection;
import dev.closewait.diagnosis.SocketKind;
import dev.closewait.kernel.TcpState;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the example connections of a leak group as JSON objects. */
final class ConnectionJson {

  private final JsonFields fields;
  private final Diagnosis diagnosis;

  ConnectionJson(JsonFields fields, Diagnosis diagnosis) {
    this.fields = fields;
    this.diagnosis = diagnosis;
  }

  void write(SocketKind kind, LeakedConnection connection) throws IOException {
    ConnectionSnapshot snapshot = connection.record();
    fields.beginObject();
    if (snapshot != null) {
      fields.number("id", snapshot.id());
    }
    fields.text("direction", direction(kind, snapshot).name());
    fields.text("transport", (snapshot == null ? Transport.UNKNOWN : snapshot.transport()).name());
    writeKernelView(connection, snapshot);
    if (snapshot != null) {
      writeRecord(snapshot);
    }
    fields.endObject();
  }

  /**
   * A connection in the accept queue of a listening socket has no record, but only one way to get
   * there.
   */
  private static Direction direction(SocketKind kind, @Nullable ConnectionSnapshot snapshot) {
    if (snapshot != null) {
      return snapshot.direction();
    }
    return kind == SocketKind.LISTENER ? Direction.ACCEPTED : Direction.UNKNOWN;
  }

  private void writeKernelView(LeakedConnection connection, @Nullable ConnectionSnapshot snapshot)
      throws IOException {
    writeEndpoint("local", connection.local());
    writeEndpoint("remote", connection.remote());
    if (snapshot != null) {
      fields.numberIfKnown("fd", snapshot.descriptor());
    }
    fields.numberIfKnown("inode", connection.inode());
    TcpState state = connection.state();
    fields.text("state", state == null ? null : state.reportName());
    fields.numberIfKnown("receiveQueue", connection.receiveQueueBytes());
    fields.millis("closeWaitMillis", connection.stuckNanos());
  }

  private void writeRecord(ConnectionSnapshot snapshot) throws IOException {
    if (snapshot.direction() != Direction.UNKNOWN) {
      // A connection that was open before the agent watched has only the time at which it was
      // found.
      writeEvent("open", "openedAt", snapshot.opened());
    }
    writeListener(snapshot.listener());
    writeEvent("eof", "eofAt", snapshot.eof());
    writeEvent("lastUse", "lastUseAt", snapshot.lastUse());
    if (snapshot.lastUse() != null) {
      fields.flag("lastUseStackIsOlder", snapshot.lastUseStackIsOlder());
    }
    fields.number("reads", snapshot.reads());
    fields.flag("readTried", snapshot.readTried());
    writeEvent("triedRead", "triedReadAt", snapshot.triedRead());
    fields.number("writes", snapshot.writes());
    writeError(snapshot.error());
    writeEvent("close", "closeCalledAt", snapshot.closeRequest());
    writeEvent("shutdown", "shutdownAt", snapshot.shutdown());
    fields.flag("inputShutdown", snapshot.inputShutdown());
    fields.flag("outputShutdown", snapshot.outputShutdown());
    fields.flag("collected", snapshot.collected());
    writeRegistration(snapshot.registration());
    writeExits(snapshot.exits());
    new NettyJson(fields, diagnosis).write(snapshot.netty());
  }

  private void writeListener(@Nullable ListenerSnapshot listener) throws IOException {
    if (listener == null) {
      return;
    }
    fields.beginObject("listener");
    fields.number("id", listener.id());
    writeEndpoint("local", listener.local());
    writeEvent("bind", "boundAt", listener.bound());
    fields.endObject();
  }

  private void writeError(@Nullable SocketEvent error) throws IOException {
    if (error == null) {
      return;
    }
    fields.beginObject("lastError");
    fields.time("at", diagnosis.wallClock(error.atNanos()));
    fields.text("exception", error.detail());
    fields.stack("stack", error.frames());
    fields.endObject();
  }

  private void writeRegistration(@Nullable Registration registration) throws IOException {
    if (registration == null) {
      return;
    }
    fields.beginObject("registration");
    fields.flag("registered", registration.registered());
    fields.text("interestOps", registration.interestNames());
    fields.flag("blocking", registration.blocking());
    fields.endObject();
  }

  private void writeExits(List<MethodExit> exits) throws IOException {
    if (exits.isEmpty()) {
      return;
    }
    fields.beginArray("exits");
    for (MethodExit exit : exits) {
      StackTraceElement place = exit.place();
      fields.beginObject();
      fields.time("at", diagnosis.wallClock(exit.atNanos()));
      fields.text("thread", exit.threadName());
      fields.text("method", place.getClassName() + "." + place.getMethodName());
      fields.numberIfKnown("line", place.getLineNumber());
      fields.text("exception", exit.exception());
      fields.stack("stack", exit.thrownAt());
      fields.flag("sinceLastUse", exit.sinceLastUse());
      fields.endObject();
    }
    fields.endArray();
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

  private void writeEndpoint(String name, Endpoint endpoint) throws IOException {
    fields.text(name, endpoint.isKnown() ? endpoint.toString() : null);
  }
}
