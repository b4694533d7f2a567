/**
 * Which methods of the JDK are woven, and the bytecode visitors that do it; {@code instrument}
 * calls it.
 */
@NullMarked
package dev.closewait.instrument.jdk;

import org.jspecify.annotations.NullMarked;
