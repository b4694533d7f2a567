/**
 * Small programs that leak in ways of plain JDK API, and do not when their last argument is {@code
 * fixed}; started by {@code PlainJdkIT}, which names the line that each marks.
 */
@NullMarked
package dev.closewait.it.scenario;

import org.jspecify.annotations.NullMarked;
