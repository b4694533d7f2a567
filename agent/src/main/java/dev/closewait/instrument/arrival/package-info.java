/**
 * Weaves classes of libraries at the moment when they are loaded; {@code startup} starts it, and
 * whoever knows a library gives it targets.
 */
@NullMarked
package dev.closewait.instrument.arrival;

import org.jspecify.annotations.NullMarked;
