/**
 * The command line, {@code java -jar closewait-agent.jar}, for a process that runs already; people
 * call it.
 */
@NullMarked
package dev.closewait.cli;

import org.jspecify.annotations.NullMarked;
