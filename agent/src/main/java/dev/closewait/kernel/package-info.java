/**
 * Tells what the operating system knows about this process's sockets and descriptors, from {@code
 * /proc} and by asking single descriptors; the diagnosis calls it from the scanner thread, the
 * command line for another process.
 */
@NullMarked
package dev.closewait.kernel;

import org.jspecify.annotations.NullMarked;
