package dev.closewait.kernel;

import java.net.InetAddress;

/**
 * One row of the kernel's TCP tables.
 *
 * @param localAddress IPv4 also where the row of a dual-stack socket shows it mapped into IPv6
 * @param remoteAddress the wildcard address for a listening socket
 * @param receiveQueue unread bytes, an unread FIN counting as one; for a listening socket the
 *     connections that wait to be accepted
 * @param transmitQueue bytes that the peer has not acknowledged
 * @param uid user of the owner; 0 also in TIME_WAIT, where the kernel does not say
 * @param inode 0 while no descriptor owns the socket: in an accept queue, in TIME_WAIT, after close
 */
public record KernelSocket(
    TcpState state,
    InetAddress localAddress,
    int localPort,
    InetAddress remoteAddress,
    int remotePort,
    long receiveQueue,
    long transmitQueue,
    long uid,
    long inode) {

  /**
   * True for a connection that the kernel has completed and no program has accepted yet. A socket
   * that was closed has no inode either, but close moves it on to FIN_WAIT1 or LAST_ACK at once
   * (tcp_close in net/ipv4/tcp.c).
   */
  public boolean waitsInAcceptQueue() {
    return inode == 0 && (state == TcpState.ESTABLISHED || state == TcpState.CLOSE_WAIT);
  }
}
