package dev.closewait.kernel;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gathers the rows of one reading, each socket once: between two reads of 4 KB the kernel finds its
 * place again by counting (tcp_seek_last_pos in net/ipv4/tcp_ipv4.c), and shows a row twice when
 * another came in before it.
 */
final class RowCollector {

  private final Map<Key, KernelSocket> sockets = new LinkedHashMap<>();
  private int skippedRows;

  void add(KernelSocket socket) {
    sockets.put(Key.of(socket), socket);
  }

  void skip() {
    skippedRows++;
  }

  KernelScan.Rows rows() {
    return new KernelScan.Rows(new ArrayList<>(sockets.values()), skippedRows);
  }

  /**
   * What stays the same when a socket is shown again; listeners that share a port differ by inode.
   */
  private record Key(
      InetAddress local, int localPort, InetAddress remote, int remotePort, long inode) {

    static Key of(KernelSocket socket) {
      return new Key(
          socket.localAddress(),
          socket.localPort(),
          socket.remoteAddress(),
          socket.remotePort(),
          socket.inode());
    }
  }
}
