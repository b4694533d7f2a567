/**
 * Reads from the bytecode of the methods on a stack whether they close the connection, and which
 * lines skip it; the culprit and the fix of a finding come from here.
 */
@NullMarked
package dev.closewait.diagnosis.bytecode;

import org.jspecify.annotations.NullMarked;
