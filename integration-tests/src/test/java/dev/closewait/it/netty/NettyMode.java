package dev.closewait.it.netty;

/** One way in which a Netty program leaks connections, and the same program without the leak. */
interface NettyMode {

  /** Goes on until the peers have hung up. */
  Outcome play(NettyTransport transport, boolean fixed) throws Exception;

  /**
   * What was played.
   *
   * @param port the server's; for a client the one that it is connected to
   * @param connections that stay open, or would without the fix
   */
  record Outcome(int port, int connections) {}
}
