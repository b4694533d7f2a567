package dev.closewait.kernel;

import java.util.List;

/** What one reading of the kernel's TCP tables gave. */
public sealed interface KernelScan {

  /**
   * The tables were read.
   *
   * @param sockets the rows that were asked for
   * @param skippedRows rows that could not be understood and are not in {@code sockets}
   */
  record Rows(List<KernelSocket> sockets, int skippedRows) implements KernelScan {
    public Rows {
      sockets = List.copyOf(sockets);
    }
  }

  /** The tables could not be read this time; {@code reason} says which, and why. */
  record Unavailable(String reason) implements KernelScan {}
}
