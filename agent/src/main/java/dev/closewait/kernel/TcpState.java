package dev.closewait.kernel;

import org.jspecify.annotations.Nullable;

/** State of a TCP socket as the Linux kernel numbers and names it (include/net/tcp_states.h). */
public enum TcpState {
  ESTABLISHED(1),
  SYN_SENT(2),
  SYN_RECV(3),
  FIN_WAIT1(4),
  FIN_WAIT2(5),
  TIME_WAIT(6),
  /** Ended, or never connected: such a socket has no row in the tables, whatever holds it open. */
  CLOSE(7),
  CLOSE_WAIT(8),
  LAST_ACK(9),
  LISTEN(10),
  CLOSING(11),
  NEW_SYN_RECV(12);

  private static final TcpState[] BY_CODE = values();

  private final int code;

  TcpState(int code) {
    this.code = code;
  }

  /** The state with this number; null for a number that this list does not know. */
  public static @Nullable TcpState fromCode(int code) {
    return code >= 1 && code <= BY_CODE.length ? BY_CODE[code - 1] : null;
  }

  /** The kernel's number. */
  public int code() {
    return code;
  }

  /** The name in reports: the kernel's CLOSE reads as if somebody should close, so it is CLOSED. */
  public String reportName() {
    return this == CLOSE ? "CLOSED" : name();
  }
}
