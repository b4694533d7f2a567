/**
 * Fails a JUnit Jupiter test that leaves open a connection which its peer has closed; the tests of
 * a user call it.
 */
@NullMarked
package dev.closewait.junit;

import org.jspecify.annotations.NullMarked;
