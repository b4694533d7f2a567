/**
 * A hook as data, and the bytecode visitors that put hooks into a class file; {@code instrument}
 * and the lists of woven types use it.
 */
@NullMarked
package dev.closewait.instrument.hook;

import org.jspecify.annotations.NullMarked;
