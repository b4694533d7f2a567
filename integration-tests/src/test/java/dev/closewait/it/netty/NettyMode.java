package dev.closewait.it.netty;

import java.util.List;

/** One way in which a Netty program leaks connections, and the same program without the leak. */
interface NettyMode {

  /** Goes on until the peers have hung up. */
  Outcome play(NettyTransport transport, boolean fixed) throws Exception;

  /**
   * What was played.
   *
   * @param ports the servers'; of a client those that it is connected to
   * @param connections that stay open, or would without the fix
   */
  record Outcome(List<Integer> ports, int connections) {
    Outcome(int port, int connections) {
      this(List.of(port), connections);
    }

    /** A client that hangs up leaves nothing here, in either twin. */
    static Outcome closedAt(List<Integer> ports) {
      return new Outcome(ports, 0);
    }
  }
}
