package dev.closewait.kernel;

import java.net.InetAddress;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel knew about this process's sockets at one moment, read once and asked often.
 *
 * <p>The descriptors were looked at just before the tables: a socket that was opened or closed
 * between the two may be missing. To be asked by one thread.
 */
public final class KernelSnapshot {

  private final SocketRows rows;
  private final SocketLinks links;
  private final List<UntrackedSocket> untracked;
  private final Census census;
  private final DescriptorUsage descriptors;
  private final List<String> missing;

  KernelSnapshot(
      SocketRows rows,
      SocketLinks links,
      List<UntrackedSocket> untracked,
      Census census,
      Evidence evidence) {
    this.rows = rows;
    this.links = links;
    this.untracked = List.copyOf(untracked);
    this.census = census;
    this.descriptors = evidence.descriptors();
    this.missing = evidence.missing();
  }

  /** How complete the snapshot is. */
  record Evidence(DescriptorUsage descriptors, List<String> missing) {
    Evidence {
      missing = List.copyOf(missing);
    }
  }

  /**
   * The row of a connection that was to be examined: by the inode of its descriptor, and where that
   * is not known by its endpoints. Null when it has none, or none that is surely its own; a
   * connection that has ended has none.
   */
  public @Nullable KernelSocket row(ConnectionKey key) {
    Long inode = links.inodes().get(key.descriptor());
    if (inode == null) {
      return rows.fitting(key);
    }
    KernelSocket row = rows.withInode(inode);
    // The number may have gone to another socket since the asker looked.
    return row != null && key.fits(row) ? row : null;
  }

  /** Unread bytes of that connection, an unread FIN counting as one; empty when it has no row. */
  public OptionalLong receiveQueue(ConnectionKey key) {
    KernelSocket row = row(key);
    return row == null ? OptionalLong.empty() : OptionalLong.of(row.receiveQueue());
  }

  /**
   * Inode of the socket behind an examined or untracked descriptor; empty when it is none or can
   * not be told.
   */
  public OptionalLong inode(int descriptor) {
    Long inode = links.inodes().get(descriptor);
    return inode == null ? OptionalLong.empty() : OptionalLong.of(inode);
  }

  /**
   * Connections that wait for the socket that listens here to accept them; its port must have been
   * asked for. Where several listening sockets share address and port ({@link #listening}), the
   * kernel does not say whose they are.
   *
   * @param bound the listening socket's address; null when it is not known
   */
  public List<KernelSocket> waitingInAcceptQueue(@Nullable InetAddress bound, int port) {
    return rows.waitingInAcceptQueue(bound, port);
  }

  /**
   * Listening sockets on this port, of any process; it must have been asked for. Their receive
   * queue counts the connections that wait, also those that have been reset since and have no row
   * any more.
   */
  public List<KernelSocket> listening(int port) {
    return rows.listening(port);
  }

  /** TCP sockets of this process that have no record. */
  public List<UntrackedSocket> untracked() {
    return untracked;
  }

  /** All TCP sockets of this process by state. */
  public Census census() {
    return census;
  }

  /** Descriptors of this process. */
  public DescriptorUsage descriptors() {
    return descriptors;
  }

  /** What could not be asked, and why: one sentence each, none when all is there. */
  public List<String> missing() {
    return missing;
  }
}
