package dev.closewait.kernel;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a report wants to know from one reading of the tables.
 *
 * @param tracked the descriptors that have a record, with the state that was asked of them; all
 *     others are looked at
 * @param examined connections whose own rows are wanted: those of the findings
 * @param localPorts ports of this process whose sockets without an owner are wanted: those it
 *     listens on
 */
public record SnapshotRequest(
    Map<Integer, TcpState> tracked, List<ConnectionKey> examined, Set<Integer> localPorts) {
  public SnapshotRequest {
    tracked = Map.copyOf(tracked);
    examined = List.copyOf(examined);
    localPorts = Set.copyOf(localPorts);
  }
}
