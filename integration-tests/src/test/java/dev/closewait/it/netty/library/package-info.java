/**
 * Programs on libraries that are built on Netty, each with a leak that a user can really make, and
 * their tests; the build calls it.
 */
@NullMarked
package dev.closewait.it.netty.library;

import org.jspecify.annotations.NullMarked;
