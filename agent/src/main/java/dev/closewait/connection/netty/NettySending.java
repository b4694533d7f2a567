package dev.closewait.connection.netty;

/**
 * What the kernel has sent of a connection over a native transport, whose writes no hook sees.
 *
 * @param sinceLastNanos since it has sent data last; since the connection was made when never
 * @param unacknowledged segments that the peer has not acknowledged
 * @param probes that the peer has not answered while it takes no data
 */
public record NettySending(long sinceLastNanos, long unacknowledged, long probes) {

  /** True when nothing is under way: what was written before has arrived. */
  public boolean isDone() {
    return unacknowledged == 0 && probes == 0;
  }
}
