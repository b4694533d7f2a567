/**
 * What is known of client libraries, from one data file: {@code instrument} weaves what it names,
 * {@code diagnosis} uses its words.
 */
@NullMarked
package dev.closewait.library;

import org.jspecify.annotations.NullMarked;
