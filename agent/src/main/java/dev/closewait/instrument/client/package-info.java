/**
 * Weaves the methods of client libraries that the data file names; {@code startup} hands its
 * targets to the arrivals.
 */
@NullMarked
package dev.closewait.instrument.client;

import org.jspecify.annotations.NullMarked;
