package dev.closewait.report;

import static dev.closewait.report.SampleEvents.MINUTE;
import static dev.closewait.report.SampleEvents.NOW;
import static dev.closewait.report.SampleEvents.SECOND;
import static dev.closewait.report.SampleEvents.THREAD;
import static dev.closewait.report.SampleEvents.event;
import static dev.closewait.report.SampleEvents.frame;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.Direction;
import dev.closewait.connection.Endpoint;
import dev.closewait.connection.ListenerSnapshot;
import dev.closewait.connection.MethodExit;
import dev.closewait.connection.SocketEvent;
import dev.closewait.connection.Transport;
import dev.closewait.diagnosis.LeakedConnection;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The connections of the sample diagnosis, and the addresses at their ends. */
public final class SampleConnections {

  static final Endpoint SHOP = endpoint(new byte[] {127, 0, 0, 1}, 8080);

  private SampleConnections() {}

  /** As it looks when the budget of stacks was used up. */
  public static LeakedConnection withoutStacks(LeakedConnection connection) {
    return new LeakedConnection(
        withoutStacks(connection.record()),
        connection.local(),
        connection.remote(),
        connection.state(),
        connection.inode(),
        connection.receiveQueueBytes(),
        connection.stuckNanos());
  }

  private static @Nullable ConnectionSnapshot withoutStacks(@Nullable ConnectionSnapshot snapshot) {
    if (snapshot == null) {
      return null;
    }
    return new SnapshotBuilder(snapshot.descriptor(), snapshot.direction(), snapshot.transport())
        .opened(event(300 * SECOND, "acceptor-1", null))
        .listener(snapshot.listener())
        .eof(event(252 * SECOND, "worker-3", null))
        .build(snapshot.local(), snapshot.remote());
  }

  /** An accepted socket that has read its EOF; without a stack of its own when that is null. */
  static ConnectionSnapshot accepted(
      long id, int descriptor, @Nullable List<StackTraceElement> eofStack) {
    List<StackTraceElement> acceptStack =
        List.of(
            frame("java.net.ServerSocket", "accept", 525),
            frame("com.acme.Server", "acceptLoop", 31),
            THREAD);
    SocketEvent bound = event(60 * MINUTE, "main", List.of(frame("com.acme.Server", "<init>", 19)));
    ListenerSnapshot listener =
        new ListenerSnapshot(
            3, 7, Transport.SOCKET, SHOP, bound, 1_204, bound, null, null, null, null, null, false);
    return new SnapshotBuilder(descriptor, Direction.ACCEPTED, Transport.SOCKET)
        .id(id)
        .opened(event(300 * SECOND, "acceptor-1", eofStack == null ? null : acceptStack))
        .listener(listener)
        .lastUse(event(253 * SECOND, "worker-3", eofStack), false)
        .eof(event(252 * SECOND, "worker-3", eofStack))
        .exits(eofStack == null ? List.of() : left(frame("com.acme.OrderHandler", "handle", 61)))
        .build(SHOP, peer(51_234));
  }

  /** By an exception, which the caller caught at a line that is not known. */
  private static List<MethodExit> left(StackTraceElement place) {
    StackTraceElement caller = frame("com.acme.Server", "lambda$acceptLoop$0", -1);
    return List.of(
        new MethodExit(
            place,
            NOW - 251 * SECOND,
            "worker-3",
            "java.lang.IllegalStateException: bad frame",
            List.of(frame("com.acme.Frames", "parse", 99), place, caller, THREAD),
            true),
        new MethodExit(caller, NOW - 250 * SECOND, "worker-3", null, List.of(), false));
  }

  static Endpoint peer(int port) {
    return endpoint(new byte[] {10, 0, 3, 7}, port);
  }

  static Endpoint endpoint(byte[] address, int port) {
    try {
      return new Endpoint(InetAddress.getByAddress(address), port);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
