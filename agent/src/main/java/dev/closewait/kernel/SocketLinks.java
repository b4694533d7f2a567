package dev.closewait.kernel;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What descriptors stand for.
 *
 * @param inodes inode of the socket by descriptor number; files, and descriptors that are closed by
 *     now, are left out
 * @param missing how many could not be told, and why; null when all could
 */
record SocketLinks(Map<Integer, Long> inodes, @Nullable String missing) {
  SocketLinks {
    inodes = Map.copyOf(inodes);
  }
}
