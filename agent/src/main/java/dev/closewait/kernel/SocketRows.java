package dev.closewait.kernel;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one reading of the tables, found by inode or by endpoints; empty when the tables could
 * not be read.
 */
final class SocketRows {

  private final List<KernelSocket> sockets;

  /** Built when first asked: most readings end without such a question. */
  private @Nullable Map<Long, KernelSocket> byInode;

  private @Nullable Map<Integer, List<KernelSocket>> byPorts;

  SocketRows(KernelScan scan) {
    this.sockets = scan instanceof KernelScan.Rows rows ? rows.sockets() : List.of();
  }

  /** The socket with this inode; null when it has no row. */
  @Nullable KernelSocket withInode(long inode) {
    return byInode().get(inode);
  }

  private Map<Long, KernelSocket> byInode() {
    if (byInode == null) {
      byInode = new HashMap<>();
      for (KernelSocket socket : sockets) {
        if (socket.inode() != 0) {
          byInode.put(socket.inode(), socket);
        }
      }
    }
    return byInode;
  }

  /**
   * The one socket with an owner that has these endpoints; null when there is none, or more than
   * one.
   */
  @Nullable KernelSocket fitting(ConnectionKey key) {
    KernelSocket found = null;
    if (!key.hasPorts()) {
      return null;
    }
    for (KernelSocket socket : withPorts(key.localPort(), key.remotePort())) {
      if (socket.inode() != 0 && key.fits(socket)) {
        if (found != null) {
          return null;
        }
        found = socket;
      }
    }
    return found;
  }

  private List<KernelSocket> withPorts(int localPort, int remotePort) {
    if (byPorts == null) {
      byPorts = indexByPorts();
    }
    return byPorts.getOrDefault(pair(localPort, remotePort), List.of());
  }

  private Map<Integer, List<KernelSocket>> indexByPorts() {
    Map<Integer, List<KernelSocket>> index = new HashMap<>();
    for (KernelSocket socket : sockets) {
      int ports = pair(socket.localPort(), socket.remotePort());
      List<KernelSocket> same = index.get(ports);
      if (same == null) {
        same = new ArrayList<>(1);
        index.put(ports, same);
      }
      same.add(socket);
    }
    return index;
  }

  /** Both port numbers in one number. */
  static int pair(int localPort, int remotePort) {
    return localPort << 16 | remotePort;
  }

  /**
   * Connections that wait for the listening socket that is bound here to accept them.
   *
   * @param bound its address; null for any
   */
  List<KernelSocket> waitingInAcceptQueue(@Nullable InetAddress bound, int port) {
    List<KernelSocket> waiting = new ArrayList<>();
    for (KernelSocket socket : sockets) {
      if (socket.localPort() == port && socket.waitsInAcceptQueue() && takes(bound, socket)) {
        waiting.add(socket);
      }
    }
    return waiting;
  }

  /**
   * The kernel prefers the listening socket of the very address to one of all addresses
   * (compute_score, inet_hashtables.c).
   */
  private boolean takes(@Nullable InetAddress bound, KernelSocket waiting) {
    if (bound == null) {
      return true;
    }
    if (!bound.isAnyLocalAddress()) {
      return bound.equals(waiting.localAddress());
    }
    for (KernelSocket listener : listening(waiting.localPort())) {
      if (listener.localAddress().equals(waiting.localAddress())) {
        return false;
      }
    }
    return true;
  }

  /** Listening sockets on this port, whoever owns them. */
  List<KernelSocket> listening(int port) {
    List<KernelSocket> listening = new ArrayList<>();
    for (KernelSocket socket : sockets) {
      if (socket.state() == TcpState.LISTEN && socket.localPort() == port) {
        listening.add(socket);
      }
    }
    return listening;
  }

  /** Counts by state the sockets that wait in an accept queue. */
  void countWaiting(Map<TcpState, Integer> counts) {
    for (KernelSocket socket : sockets) {
      if (socket.waitsInAcceptQueue()) {
        counts.merge(socket.state(), 1, Integer::sum);
      }
    }
  }
}
