package dev.closewait.connection;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection: an address, never a host name, and a port.
 *
 * @param address the address; null when it is not known (a collected handle, an unreadable
 *     descriptor)
 * @param port the port in 0..65535; 0 when it is not known
 */
public record Endpoint(@Nullable InetAddress address, int port) {

  /** The endpoint of which nothing is known. */
  public static final Endpoint UNKNOWN = new Endpoint(null, 0);

  /** True when the address is known. */
  public boolean isKnown() {
    return address != null;
  }

  /** {@code 127.0.0.1:80}, {@code [::1]:80}, or {@code ?:80} when the address is not known. */
  @Override
  public String toString() {
    if (address == null) {
      return "?:" + port;
    }
    String literal = address.getHostAddress();
    return literal.indexOf(':') >= 0 ? "[" + literal + "]:" + port : literal + ":" + port;
  }
}
