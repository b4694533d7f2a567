package dev.closewait.report;

import static dev.closewait.report.SampleEvents.event;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.Direction;
import dev.closewait.connection.Endpoint;
import dev.closewait.connection.ListenerSnapshot;
import dev.closewait.connection.MethodExit;
import dev.closewait.connection.NettyChannel;
import dev.closewait.connection.Registration;
import dev.closewait.connection.SocketEvent;
import dev.closewait.connection.Transport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the record of a connection with only what matters set. */
final class SnapshotBuilder {

  private final int descriptor;
  private final Direction direction;
  private final Transport transport;
  private long id = 1;
  private SocketEvent opened = event(0, null, null);
  private @Nullable ListenerSnapshot listener;
  private @Nullable SocketEvent lastUse;
  private boolean lastUseStackIsOlder;
  private @Nullable SocketEvent eof;
  private @Nullable SocketEvent error;
  private @Nullable SocketEvent closeRequest;
  private @Nullable SocketEvent shutdown;
  private boolean collected;
  private @Nullable Registration registration;
  private List<MethodExit> exits = List.of();
  private @Nullable NettyChannel netty;

  SnapshotBuilder(int descriptor, Direction direction, Transport transport) {
    this.descriptor = descriptor;
    this.direction = direction;
    this.transport = transport;
  }

  SnapshotBuilder id(long value) {
    id = value;
    return this;
  }

  SnapshotBuilder opened(SocketEvent event) {
    opened = event;
    return this;
  }

  SnapshotBuilder listener(@Nullable ListenerSnapshot value) {
    listener = value;
    return this;
  }

  SnapshotBuilder lastUse(SocketEvent event, boolean stackIsOlder) {
    lastUse = event;
    lastUseStackIsOlder = stackIsOlder;
    return this;
  }

  SnapshotBuilder eof(SocketEvent event) {
    eof = event;
    return this;
  }

  SnapshotBuilder error(SocketEvent event) {
    error = event;
    return this;
  }

  SnapshotBuilder closeRequest(SocketEvent event) {
    closeRequest = event;
    return this;
  }

  SnapshotBuilder shutdown(SocketEvent event) {
    shutdown = event;
    return this;
  }

  SnapshotBuilder collected() {
    collected = true;
    return this;
  }

  SnapshotBuilder registration(Registration value) {
    registration = value;
    return this;
  }

  SnapshotBuilder netty(NettyChannel value) {
    netty = value;
    return this;
  }

  SnapshotBuilder exits(List<MethodExit> values) {
    exits = values;
    return this;
  }

  ConnectionSnapshot build(Endpoint local, Endpoint remote) {
    int uses = lastUse == null ? 0 : 2;
    return new ConnectionSnapshot(
        id,
        descriptor,
        direction,
        transport,
        local,
        remote,
        opened,
        listener,
        lastUse,
        lastUseStackIsOlder,
        null,
        null,
        uses,
        true,
        null,
        uses,
        0,
        eof,
        error,
        closeRequest,
        shutdown,
        shutdown != null,
        shutdown != null,
        false,
        collected,
        false,
        registration,
        List.of(),
        netty,
        exits);
  }
}
