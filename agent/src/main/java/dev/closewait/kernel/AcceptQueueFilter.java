package dev.closewait.kernel;

import java.util.BitSet;
import java.util.Set;

/** Keeps the connections that wait on some local ports to be accepted. */
final class AcceptQueueFilter implements RowFilter {

  private static final int PORTS = 65_536;

  private final BitSet localPorts = new BitSet(PORTS);

  AcceptQueueFilter(Set<Integer> localPorts) {
    for (int port : localPorts) {
      this.localPorts.set(port);
    }
  }

  @Override
  public boolean accepts(int stateCode, int localPort, int remotePort, long inode) {
    return inode == 0 && isLocal(localPort) && isComplete(stateCode);
  }

  /** True for one of the ports. */
  boolean isLocal(int port) {
    return localPorts.get(port);
  }

  private static boolean isComplete(int stateCode) {
    return stateCode == TcpState.ESTABLISHED.code() || stateCode == TcpState.CLOSE_WAIT.code();
  }
}
