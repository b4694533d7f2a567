/**
 * A small order server that leaks sockets in every way the agent knows, each with its fixed twin;
 * started by {@code java -jar}, by the README's first command and by the integration tests.
 */
@NullMarked
package dev.closewait.demo;

import org.jspecify.annotations.NullMarked;
