package dev.closewait.kernel;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A connection or listening socket of this process whose row is wanted, as far as the asker knows
 * it.
 *
 * @param descriptor its number; negative when it is not known
 * @param localAddress null when it is not known
 * @param localPort 0 when it is not known
 * @param remoteAddress null when it is not known, or there is none
 * @param remotePort 0 when it is not known, or there is none
 */
public record ConnectionKey(
    int descriptor,
    @Nullable InetAddress localAddress,
    int localPort,
    @Nullable InetAddress remoteAddress,
    int remotePort) {

  /**
   * True when nothing known speaks against it. The wildcard is what a program asked for and the
   * kernel has since made concrete, so it fits every address.
   */
  boolean fits(KernelSocket row) {
    return fits(localPort, row.localPort())
        && fits(remotePort, row.remotePort())
        && fits(localAddress, row.localAddress())
        && fits(remoteAddress, row.remoteAddress());
  }

  /** True when its two ports say which rows may be its own. */
  boolean hasPorts() {
    return localPort != 0 && remotePort != 0;
  }

  private static boolean fits(int known, int port) {
    return known == 0 || known == port;
  }

  private static boolean fits(@Nullable InetAddress known, InetAddress address) {
    return known == null || known.isAnyLocalAddress() || known.equals(address);
  }
}
