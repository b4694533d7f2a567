/** Writes reports for people; the publisher calls it on the scanner thread. */
@NullMarked
package dev.closewait.report.text;

import org.jspecify.annotations.NullMarked;
