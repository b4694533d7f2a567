/**
 * Watches for a while how a few methods of the application are left; {@code diagnosis} says which.
 */
@NullMarked
package dev.closewait.instrument.watch;

import org.jspecify.annotations.NullMarked;
