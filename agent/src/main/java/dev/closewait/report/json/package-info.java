/** Writes each changed diagnosis as a JSON file; the publisher calls it on the scanner thread. */
@NullMarked
package dev.closewait.report.json;

import org.jspecify.annotations.NullMarked;
