/** Which methods of the JDK are woven; {@code instrument} calls it. */
@NullMarked
package dev.closewait.instrument.jdk;

import org.jspecify.annotations.NullMarked;
