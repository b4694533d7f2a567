/**
 * Writes the agent's own messages to standard error, out of reach of the application's logging; all
 * packages of the agent take their loggers here.
 */
@NullMarked
package dev.closewait.log;

import org.jspecify.annotations.NullMarked;
