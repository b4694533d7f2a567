/**
 * Real client libraries from Maven Central, made to leak in every way that they allow, and their
 * healthy twins: programs that run in a JVM of their own, the servers they talk to, and the tests
 * that start them.
 */
@NullMarked
package dev.closewait.it.client;

import org.jspecify.annotations.NullMarked;
