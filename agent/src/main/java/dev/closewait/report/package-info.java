/**
 * Hands each diagnosis to every sink; the scanner thread calls it after a scan, and once at exit.
 */
@NullMarked
package dev.closewait.report;

import org.jspecify.annotations.NullMarked;
