/**
 * Starts the agent before the application's {@code main}, or in a running JVM, and connects its
 * parts; the JVM calls it.
 */
@NullMarked
package dev.closewait.startup;

import org.jspecify.annotations.NullMarked;
