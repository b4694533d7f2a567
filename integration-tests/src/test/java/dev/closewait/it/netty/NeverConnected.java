package dev.closewait.it.netty;

import io.netty.channel.Channel;
import java.util.List;

/**
 * Channels are constructed and never registered or connected: descriptors without a TCP connection,
 * which nobody can leave in CLOSE_WAIT.
 */
final class NeverConnected implements NettyMode {
  @Override
  public Outcome play(NettyTransport transport, boolean fixed) throws Exception {
    transport.group(1, "unused"); // loads the native library
    for (int i = 0; i < NettyPeers.CONNECTIONS; i++) {
      Channel channel = transport.client().getDeclaredConstructor().newInstance();
      NettyPeers.KEPT.add(channel);
      if (fixed) {
        channel.unsafe().closeForcibly();
      }
    }
    return Outcome.closedAt(List.of());
  }
}
