/**
 * Servers whose methods are left with a connection open, for {@code CloserLookIT}, and the agent
 * that looks at their bytecode meanwhile.
 */
@NullMarked
package dev.closewait.it.leaving;

import org.jspecify.annotations.NullMarked;
