package dev.closewait.kernel;

/** Chooses rows of the kernel's tables by their numbers, before anything is allocated for them. */
@FunctionalInterface
public interface RowFilter {

  /**
   * True to keep the row; {@code stateCode} is the kernel's number and may be unknown to {@link
   * TcpState}.
   */
  boolean accepts(int stateCode, int localPort, int remotePort, long inode);
}
