package dev.closewait.diagnosis;

import dev.closewait.connection.ClientPart;
import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.Endpoint;
import dev.closewait.connection.SocketEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many clients that were made by the same call path of the application, each for one call, hold
 * a stuck connection to the same server: what tells a client for each call from one that is shared.
 */
final class ClientCounts {
  /** A client that is still asked for connections later than that after it was made is shared. */
  private static final long ONE_CALL_NANOS = 10_000_000_000L;

  private final ApplicationFrames application;
  private final Map<Place, Set<Long>> clients = new HashMap<>();

  ClientCounts(ApplicationFrames application) {
    this.application = application;
  }

  private record Place(List<StackTraceElement> madeAt, Endpoint remote) {}

  void add(ConnectionSnapshot connection) {
    for (ClientPart part : connection.clientParts()) {
      SocketEvent made = part.made();
      if (made != null && part.closed() == null && !made.frames().isEmpty()) {
        if (isForOneCall(connection, made)) {
          clients.computeIfAbsent(place(made, connection), p -> new HashSet<>()).add(part.id());
        }
      }
    }
  }

  /** At least 1 for a client for one call, 0 for any other. */
  int alike(ConnectionSnapshot connection) {
    int most = 0;
    for (ClientPart part : connection.clientParts()) {
      SocketEvent made = part.made();
      if (made != null) {
        Set<Long> ids = clients.get(place(made, connection));
        most = ids != null && ids.contains(part.id()) ? Math.max(most, ids.size()) : most;
      }
    }
    return most;
  }

  /**
   * Frames of a library differ from one client to the next: those that stood in a class while it
   * was woven have lost their lines, and the first calls by reflection have frames of their own.
   */
  private Place place(SocketEvent made, ConnectionSnapshot connection) {
    List<StackTraceElement> own = made.frames().stream().filter(application).toList();
    return new Place(own.isEmpty() ? made.frames() : own, connection.remote());
  }

  private static boolean isForOneCall(ConnectionSnapshot connection, SocketEvent made) {
    for (ClientPart part : connection.clientParts()) {
      SocketEvent leased = part.leased();
      if (leased != null && leased.atNanos() - made.atNanos() > ONE_CALL_NANOS) {
        return false;
      }
    }
    return true;
  }
}
