package dev.closewait.report.text;

import java.util.function.Predicate;

/**
 * What depends on where and for whom a text report is written.
 *
 * @param isApplication tells the frames that matter to the reader from those of libraries
 * @param colour true for a terminal that wants it
 * @param jsonReport true when there is a JSON report that the reader can be sent to
 */
public record TextStyle(
    Predicate<StackTraceElement> isApplication, boolean colour, boolean jsonReport) {}
