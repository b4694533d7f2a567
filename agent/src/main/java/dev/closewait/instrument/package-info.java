/**
 * Weaves the hooks into the classes of the JDK and checks that they stay there; {@code startup}
 * calls it.
 */
@NullMarked
package dev.closewait.instrument;

import org.jspecify.annotations.NullMarked;
