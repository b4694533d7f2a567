/**
 * Netty programs that leak, one class for each way, and the tests that run them in their own JVMs
 * over every transport; the build calls it.
 */
@NullMarked
package dev.closewait.it.netty;

import org.jspecify.annotations.NullMarked;
