package dev.closewait.kernel;

/** Reads the rows of the kernel's tables that a filter accepts. */
@FunctionalInterface
interface RowSource {

  KernelScan read(RowFilter filter);
}
