/**
 * Which classes and methods of Netty are woven, in each copy of it that a JVM loads; {@code
 * startup} hands them to {@code instrument.arrival}.
 */
@NullMarked
package dev.closewait.instrument.netty;

import org.jspecify.annotations.NullMarked;
