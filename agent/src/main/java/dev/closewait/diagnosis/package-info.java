/**
 * Joins what the hooks recorded with what the kernel sees and says which connections are leaked and
 * why; the scanner thread calls it once per scan.
 */
@NullMarked
package dev.closewait.diagnosis;

import org.jspecify.annotations.NullMarked;
