/**
 * Reads and checks the options of the agent; {@code startup} calls it first of all, before the
 * application's {@code main}, and {@code cli} prints its list of options.
 */
@NullMarked
package dev.closewait.config;

import org.jspecify.annotations.NullMarked;
