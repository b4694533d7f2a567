/**
 * Real servers and clients from Maven Central under the agent, healthy and made to leak; programs
 * that run in a JVM of their own, and the tests that start them.
 */
@NullMarked
package dev.closewait.it.server;

import org.jspecify.annotations.NullMarked;
