package dev.closewait.connection;

import java.net.CloseWaitNettyRecord;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Accepted channels of native transports that were collected before the scanner could ask for their
 * descriptor: which one it was shows when the kernel's tables hold a connection of the same server
 * that no record explains.
 *
 * <p>Which of several channels of one server had which descriptor nobody can tell, nor does it
 * matter: they were accepted and dropped at the same place. Confined to the scanner thread.
 */
final class LostChannels {
  /** By then, whoever has refused a connection without a word has closed it. */
  private static final long KEPT_NANOS = 120_000_000_000L;

  private static final int MOST = 1000;

  private final List<CloseWaitNettyRecord> waiting = new ArrayList<>();

  /** Before the records are gone over, which are missed again. */
  void startPass() {
    waiting.clear();
  }

  /**
   * True while the record may still find its descriptor. Of a client channel nobody knows where it
   * was connected to; and one that was closed without its close future, as bootstraps do when they
   * fail, is never found.
   */
  boolean isMissed(CloseWaitNettyRecord entry, long now) {
    if (entry.parent() == null
        || waiting.size() >= MOST
        || now - entry.created().atNanos() >= KEPT_NANOS) {
      return false;
    }
    waiting.add(entry);
    return true;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /**
   * Null when none was accepted at this end.
   *
   * @param seenNanos when the kernel's tables showed the socket first: no later channel is its own
   */
  @Nullable CloseWaitNettyRecord claim(
      int descriptor, InetSocketAddress local, InetSocketAddress remote, long seenNanos) {
    for (CloseWaitNettyRecord entry : waiting) {
      CloseWaitNettyRecord server = entry.parent();
      if (server != null
          && entry.created().atNanos() - seenNanos <= 0
          && isAcceptedAt(local, server.local())) {
        entry.locate(descriptor, local, remote);
        waiting.remove(entry);
        return entry;
      }
    }
    return null;
  }

  private static boolean isAcceptedAt(InetSocketAddress local, @Nullable InetSocketAddress bound) {
    return bound != null
        && bound.getPort() == local.getPort()
        && (bound.getAddress().isAnyLocalAddress()
            || bound.getAddress().equals(local.getAddress()));
  }
}
