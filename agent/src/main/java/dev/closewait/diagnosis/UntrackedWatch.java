package dev.closewait.diagnosis;

import dev.closewait.connection.ConnectionRegistry;
import dev.closewait.connection.Endpoint;
import dev.closewait.connection.ListenerSnapshot;
import dev.closewait.connection.RegistrySnapshot;
import dev.closewait.diagnosis.Ruling.Certainty;
import dev.closewait.kernel.KernelSnapshot;
import dev.closewait.kernel.KernelSocket;
import dev.closewait.kernel.TcpState;
import dev.closewait.kernel.UntrackedSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the sockets in CLOSE_WAIT that no record explains: opened before the agent was attached, by
 * code that the hooks do not see, or when nothing more could be recorded.
 *
 * <p>Confined to the scanner thread.
 */
final class UntrackedWatch {
  private static final Ruling RULING =
      ruling(
          "The peer has closed; the connection was opened before the agent watched, or by native code.",
          "find the code by the endpoints, or start the agent with the process to see where it is"
              + " opened");

  /** Where some connections could not be recorded, this may be one of them. */
  private static final Ruling RULING_WITH_GAPS =
      ruling(
          "The peer has closed; the connection was not recorded: it was opened before the agent"
              + " watched, by native code, or when no more could be recorded.",
          "find the code by the endpoints; agent health says what could not be recorded, and"
              + " max-connections how much can be");

  private final long thresholdNanos;
  private final ConnectionRegistry connections;
  private final FindingFactory findings;
  private Map<Long, Long> firstSeenByInode = new HashMap<>();
  private final Set<Long> claimed = new HashSet<>();
  private @Nullable KernelSnapshot latest;
  private long readNanos;
  private int young;

  UntrackedWatch(long thresholdNanos, ConnectionRegistry connections, FindingFactory findings) {
    this.thresholdNanos = thresholdNanos;
    this.connections = connections;
    this.findings = findings;
  }

  private static Ruling ruling(String reason, String fix) {
    return new Ruling(
        Cause.UNKNOWN,
        reason,
        fix,
        List.of(),
        Ruling.CULPRIT,
        Certainty.BY_AGE,
        List.of(
            Evidence.of(Evidence.Source.HOOK, "no record of this descriptor: no stacks"),
            Evidence.of(Evidence.Source.KERNEL, "CLOSE_WAIT, owned by this process")));
  }

  /**
   * One finding for each of them that has been seen for the threshold, from one reading of the
   * tables to another: a socket that is in no later reading may be long closed.
   *
   * @param gaps true when connections went unrecorded that the hooks have seen
   */
  List<Finding> findings(
      @Nullable KernelSnapshot tables, RegistrySnapshot registry, boolean gaps, long now) {
    young = 0;
    if (tables == null) {
      return List.of();
    }
    if (tables != latest) {
      latest = tables;
      readNanos = now;
    }
    Set<Integer> listeningPorts = new HashSet<>();
    for (ListenerSnapshot listener : registry.listeners()) {
      listeningPorts.add(listener.local().port());
    }
    Map<Long, Long> seen = new HashMap<>();
    List<Finding> found = new ArrayList<>();
    for (UntrackedSocket socket : tables.untracked()) {
      KernelSocket row = socket.row();
      if (socket.state() == TcpState.CLOSE_WAIT && row != null) {
        long since = firstSeenByInode.getOrDefault(socket.inode(), readNanos);
        seen.put(socket.inode(), since);
        if (isOfLostChannel(socket, row, since)) {
          continue;
        }
        if (readNanos - since >= thresholdNanos) {
          boolean accepted =
              listeningPorts.contains(row.localPort())
                  || !tables.listening(row.localPort()).isEmpty();
          found.add(
              findings.ofUntracked(
                  gaps ? RULING_WITH_GAPS : RULING,
                  leaked(row, readNanos - since),
                  accepted ? SocketKind.ACCEPTED : SocketKind.CONNECTED));
        } else {
          young++;
        }
      }
    }
    firstSeenByInode = seen;
    claimed.retainAll(seen.keySet());
    return found;
  }

  /** How many of them were not seen for the threshold yet. */
  int young() {
    return young;
  }

  /** True when there is any of them: the tables are then worth another look. */
  boolean hasAny() {
    return !firstSeenByInode.isEmpty();
  }

  /**
   * Only of one that an earlier reading has shown as well: the channel of one that was accepted a
   * moment ago may not be made yet.
   */
  private boolean isOfLostChannel(UntrackedSocket socket, KernelSocket row, long sinceNanos) {
    if (!claimed.contains(socket.inode())
        && sinceNanos < readNanos
        && connections.hasLostChannels()
        && connections.claim(socket.descriptor(), row.localPort(), row.remotePort(), sinceNanos)) {
      claimed.add(socket.inode());
    }
    return claimed.contains(socket.inode());
  }

  private static LeakedConnection leaked(KernelSocket row, long stuckNanos) {
    return new LeakedConnection(
        null,
        new Endpoint(row.localAddress(), row.localPort()),
        new Endpoint(row.remoteAddress(), row.remotePort()),
        row.state(),
        row.inode(),
        row.receiveQueue(),
        stuckNanos);
  }
}
