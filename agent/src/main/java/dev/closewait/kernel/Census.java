package dev.closewait.kernel;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many TCP sockets of a process are in which state.
 *
 * @param owned sockets that a descriptor of the process holds open
 * @param byLocalPort sockets that no descriptor holds (TIME_WAIT, accept queues), counted by their
 *     local port: where another process listens on the same port of another address, its sockets
 *     are among them
 */
public record Census(Map<TcpState, Integer> owned, Map<TcpState, Integer> byLocalPort) {
  public Census {
    owned = ordered(owned);
    byLocalPort = ordered(byLocalPort);
  }

  /** Both together, in the kernel's order of states; a state without sockets is left out. */
  public Map<TcpState, Integer> counts() {
    Map<TcpState, Integer> sum = new EnumMap<>(TcpState.class);
    sum.putAll(owned);
    for (Map.Entry<TcpState, Integer> entry : byLocalPort.entrySet()) {
      sum.merge(entry.getKey(), entry.getValue(), Integer::sum);
    }
    return sum;
  }

  private static Map<TcpState, Integer> ordered(Map<TcpState, Integer> counts) {
    Map<TcpState, Integer> ordered = new EnumMap<>(TcpState.class);
    ordered.putAll(counts);
    return Collections.unmodifiableMap(ordered);
  }
}
